// What the page asks the server for before the map of the built-in dataset stands, at 1440 x 900. tools/budget.mjs weighs it;
// e2e/firstview.spec.ts holds it to what a browser asks.
const MENTIONED = "id IN ('kunming','china','northern-shan-state','laukkai','myanmar','lashio','beijing')"
const by = (filter, limit) => `?${new URLSearchParams({ limit: String(limit), filter })}`

export const FIRST_VIEW = [
  '/basemap.json',
  '/collections/events/clusters?type=diplomatic_visit&zoom=0&events=200',
  '/collections/events/histogram',
  '/collections/events/clusters?zoom=0&events=600',
  '/collections/events/facets?limit=20',
  '/collections/events/items?limit=100&skipGeometry=true',
  '/collections/events/clusters?bbox=90,16.636192,106.875,27.059126&zoom=6&events=300',
  ...['places', 'areas'].flatMap((c) => [`/collections/${c}/items${by(MENTIONED, 7)}`, `/collections/${c}/items${by("id IN ('naypyitaw')", 1)}`]),
]
