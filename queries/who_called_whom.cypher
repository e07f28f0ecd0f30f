// title: Who called whom
// answers: Telephone and video calls: who with whom, about what, when and according to whom; one row per event, pair
// answers: and topic.
// of: acts
// types: CONSULT
// events: e.mode = 'phone' OR e.cameo = '041'
// param: actor | who calls, or one of the two who then stands first
// param: other | who is called, or the other of the two
