// title: Who attacked whom
// answers: Attacks, killings, bombings, abductions and other violence: who attacked whom, how, where, when and
// answers: according to whom; one row per event, pair and topic.
// of: acts
// types: ASSAULT
// param: actor | who attacks
// param: other | who is attacked
