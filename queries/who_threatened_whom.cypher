// title: Who threatened whom
// answers: Threats, ultimatums and warnings of force or penalties: who made them, against whom, with what, when and
// answers: according to whom; one row per event, pair and topic.
// of: acts
// types: THREATEN
// param: actor | who threatens
// param: other | who is threatened
