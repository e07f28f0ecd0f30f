// title: Who criticised whom
// answers: Criticism, denunciation and disapproval: who voiced it, against whom, over what, when and according to
// answers: whom; one row per event, pair and topic. A side that is not known is empty. Accusations of wrongdoing are
// answers: left to who_accused_whom.
// of: acts
// types: ACCUSE
// events: coalesce(e.cameo, '') STARTS WITH '110' OR coalesce(e.cameo, '') STARTS WITH '111'
// events:   OR (e.cameo IS NULL AND coalesce(e.mode, '') = 'disapprove')
// called: source = critic, target = criticised
// param: actor | the critic
// param: other | who is criticised
// param: topic = '' | words that the criticism must hold
