// title: Who protested against whom
// answers: Demonstrations, strikes, boycotts, riots and hunger strikes: who protested, against whom, over what,
// answers: where, when and according to whom; one row per event, pair and topic.
// of: acts
// types: PROTEST
// param: actor | who protests
// param: other | against whom
