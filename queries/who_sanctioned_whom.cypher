// title: Who sanctioned whom
// answers: Sanctions, embargoes, boycotts and cuts of aid: who imposed them, on whom, over what, when and according
// answers: to whom; one row per event, pair and topic. Relations that are broken off, talks that are left and people
// answers: who are expelled are no sanctions.
// of: acts
// types: SANCTION
// events: NOT coalesce(e.mode, '') IN ['expel', 'withdraw']
// param: actor | who imposes them
// param: other | who is sanctioned
