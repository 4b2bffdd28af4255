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
  '/collections/events/items?skipGeometry=true&properties=part_of&limit=1000&filter=part_of%20IS%20NOT%20NULL',
  "/collections/events/items?skipGeometry=true&properties=type,title,start,end&sortby=-start&limit=100&filter=start%20IS%20NOT%20NULL%20AND%20(type%20%3D%20'offensive'%20OR%20id%20IN%20('report-2024-07%3Avisits-to-china'%2C'report-2024-07%3Aoffensive-resumed'))",
  '/collections/events/clusters?bbox=90,16.636192,106.875,27.059126&zoom=6&events=300',
  ...['places', 'areas'].flatMap((c) => [`/collections/${c}/items${by(MENTIONED, 7)}`, `/collections/${c}/items${by("id IN ('naypyitaw')", 1)}`]),
]
