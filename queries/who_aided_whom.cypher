// title: Who aided whom
// answers: Help given: money, goods, weapons, rescue, peacekeepers and asylum: who aided whom, with what, where, when
// answers: and according to whom; one row per event, pair and topic.
// of: acts
// types: AID
// param: actor | who gives
// param: other | who receives
