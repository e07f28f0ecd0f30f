// title: Who released whom
// answers: Releases, pardons, acquittals and exchanges of prisoners: who freed whom, where, when and according to
// answers: whom; one row per event, pair and topic.
// of: acts
// types: RETREAT
// events: e.mode = 'release'
// param: actor | who releases
// param: other | who is released
