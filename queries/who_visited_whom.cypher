// title: Who visited whom
// answers: Visits: who came to whom, about what, where, when and according to whom; one row per event, pair and
// answers: topic. Who receives a guest stands as the one who is visited.
// of: acts
// types: CONSULT
// events: e.mode = 'visit' OR e.cameo IN ['042', '043']
// let: side = CASE WHEN e.cameo = '043' THEN 'TARGET_OF' ELSE 'SOURCE_OF' END
// param: actor | the visitor
// param: other | who is visited
