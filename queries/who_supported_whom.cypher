// title: Who supported whom
// answers: Support in words: praise, backing, recognition, defence and apologies: who supported whom, in what, when
// answers: and according to whom; one row per event, pair and topic. Treaties that are signed are left to
// answers: who_agreed_with_whom.
// of: acts
// types: SUPPORT
// events: coalesce(e.cameo, '') <> '057'
// param: actor | who supports
// param: other | who is supported
