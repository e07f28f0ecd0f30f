// title: Who refused what
// answers: Refusals, rejections, vetoes and defiance: who refused what to whom, when and according to whom; one row
// answers: per event, pair and topic.
// of: acts
// types: REJECT
// param: actor | who refuses
// param: other | who is refused
