// title: Who asked whom for what
// answers: Requests, appeals, invitations and demands: who asked whom, for what, when and according to whom; one row
// answers: per event, pair and topic.
// of: acts
// types: REQUEST
// param: actor | who asks
// param: other | who is asked
