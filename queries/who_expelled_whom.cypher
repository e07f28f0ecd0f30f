// title: Who expelled whom
// answers: Expulsions and deportations, of diplomats, members or people: who expelled whom, when and according to
// answers: whom; one row per event, pair and topic.
// of: acts
// types: SANCTION, COERCE
// events: e.mode IN ['expel', 'deport']
// param: actor | who expels
// param: other | who is expelled
