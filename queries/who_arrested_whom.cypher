// title: Who arrested whom
// answers: Arrests, detentions and imprisonments: who arrested whom, over what, where, when and according to whom;
// answers: one row per event, pair and topic.
// of: acts
// types: COERCE
// events: e.mode = 'arrest'
// param: actor | who arrests
// param: other | who is arrested
