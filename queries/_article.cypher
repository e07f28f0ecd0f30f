// What stands for a line MATCH (e:Article) in a question, as `_event.cypher` does for events.
//
// param: from = '' | first day of publication, YYYY-MM-DD
// where: $from = '' OR left(e.published, 10) >= $from
// param: to = '' | last day of publication, YYYY-MM-DD
// where: $to = '' OR left(e.published, 10) <= $to
//
// begin: article
MATCH (e:Article {id: $article})
WITH e
// begin: from
MATCH (e:Article)
WHERE e.published_day >= $since AND e.published_day <= $until
WITH e
