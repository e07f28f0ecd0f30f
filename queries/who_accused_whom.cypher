// title: Who accused whom of what
// answers: Accusations, charges, lawsuits, investigations and convictions: who made them, against whom, of what, when
// answers: and according to whom; one row per event, pair and topic. A side that is not known is empty; what is told
// answers: as another event stands under its words. Mere criticism is left to who_criticised_whom.
// of: acts
// types: ACCUSE
// events: NOT (coalesce(e.cameo, '') STARTS WITH '110' OR coalesce(e.cameo, '') STARTS WITH '111'
// events:   OR (e.cameo IS NULL AND coalesce(e.mode, '') = 'disapprove'))
// called: source = accuser, target = accused, topic = of
// param: actor | the accuser
// param: other | the accused
// param: topic = '' | words that the accusation must hold
