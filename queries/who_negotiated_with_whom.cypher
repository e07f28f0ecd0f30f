// title: Who negotiated with whom
// answers: Negotiations and mediation: who with whom, over what, where, when and according to whom; one row per
// answers: event, pair and topic.
// of: acts
// types: CONSULT
// events: e.cameo IN ['045', '046'] OR toLower(e.surface) CONTAINS 'negotiat'
// param: actor | one of the two, who then stands first; of a mediation the mediator
// param: other | the other of the two, who then stands second
