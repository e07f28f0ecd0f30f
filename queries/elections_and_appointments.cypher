// title: Elections and appointments
// answers: Who elected, appointed or dismissed whom, and who resigned, to or from what, when and according to whom;
// answers: one row per event, pair and topic.
// of: acts
// types: ELECT
// param: actor | who elects or appoints, or who resigns
// param: other | who is elected or appointed
