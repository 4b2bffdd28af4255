// The page's texts in Burmese. No native reader has reviewed them yet (docs/languages.md). Written in the plain register of
// news, with its words where there are such: ထိုးစစ် (offensive), လက်နက်ကြီး (artillery), ဗုံးကြဲ (bombing), အရပ်သား (civilian).
// An event is ဖြစ်ရပ်, an incident ဖြစ်စဉ်. Sentences end with the verb, so holes stand in another order than in English.
//
// Unsure, for a reviewer to look at first: anActor and who (ပါဝင်သူ, one who takes part, for an organisation too), according
// (ကိုးကားချက်, what is cited), type_statement (ထုတ်ပြန်ချက် is a written one), role_party against type names, kind_region
// (ဒေသ; Myanmar's own regions are တိုင်းဒေသကြီး), the relations (told from the event's side by က and ကို), keyBar
// (အချောင်း, a stick, for a bar of a chart), tags, provenance (အချက်အလက်အစု for a dataset, အသုံးပြုခွင့် for a licence).
import type { Texts } from '../text'

const my = {
  title: 'ရှမ်းပြည်နယ်မြောက်ပိုင်း ပဋိပက္ခမြေပုံ', titled: '{0} – {1}',
  search: 'နေရာ၊ ဖြစ်ရပ်၊ ပါဝင်သူ ရှာရန်', found: '{0} ခု တွေ့သည်', aPlace: 'နေရာ', anArea: 'နယ်မြေ', anActor: 'ပါဝင်သူ', aFilter: 'စစ်ထုတ်ရန်',
  allWith: '“{0}” ပါသော ဖြစ်ရပ် {1} ခုလုံး', quoted: '“{0}”', together: '{0}၊ {1}',
  spot: 'မြေပုံ၏ နေရာတစ်ခုတည်းရှိ ဖြစ်ရပ် {0} ခု', spotAt: 'လတ္တီတွဒ် {0}၊ လောင်ဂျီတွဒ် {1}။ ဤအမှတ်သည် ပိုကျယ်သော နယ်မြေကို ကိုယ်စားပြုနိုင်သည်',
  chosen: 'ရွေးထားသည်များ', drop: '{0} - ဤရွေးချယ်မှုကို ဖယ်ရန်',
  skip: 'ဖြစ်ရပ်စာရင်းသို့ ကျော်သွားရန်',
  map: 'မြေပုံ', timeline: 'အချိန်မျဉ်း', list: 'ဖြစ်ရပ်များ', legend: 'ရွေးချယ်နိုင်သော ဖြစ်ရပ်အမျိုးအစားများ', panel: 'အသေးစိတ်',
  language: 'ဘာသာစကား', theme: 'အရောင်', themeAuto: 'အလိုအလျောက်', themeLight: 'အလင်း', themeDark: 'အမှောင်',
  loading: 'မြေပုံ ဖွင့်နေသည် …',
  failed: 'ဖြစ်ရပ်များကို ရယူ၍ မရပါ - {0}။ တောင်းဆိုမှု မအောင်မြင်ခြင်းဖြစ်ပြီး မြေပုံတွင် ဖြစ်ရပ် မရှိဟု မဆိုလိုပါ။',
  textsFailed: 'ဤဘာသာစကားဖြင့် စာသားများကို ရယူ၍ မရပါ - {0}။ အင်္ဂလိပ်ဘာသာဖြင့် ပြထားသည်။',
  retry: 'ထပ်ကြိုးစားရန်',
  noneHere: 'ရွေးထားသော အမျိုးအစားနှင့် အချိန်အတွင်း ကိုက်ညီသော ဖြစ်ရပ် မရှိပါ။',
  showAll: 'ဖြစ်ရပ်အားလုံး ပြရန်',
  shown: 'ဖြစ်ရပ် {1} ခုအနက် {0} ခု', cut: 'ဖြစ်ရပ် {1} ခုအနက် နောက်ဆုံးဖြစ်သော {0} ခုကို ပြထားသည်။',
  placed: '{1} ခုအနက် {0} ခု၏ မြို့ကို သိရသည်',
  undatedCount: 'ရက်စွဲမပါ {0} ခု',
  from: 'စတင်ရက်', to: 'ပြီးဆုံးရက်', wholeTime: 'အချိန်အားလုံး', zoomIn: 'အချိန်ကို အနီးကပ်ကြည့်ရန်', zoomOut: 'အချိန်ကို ပိုကျယ်ကျယ်ကြည့်ရန်',
  back: 'ဖြစ်ရပ်အားလုံး',
  undated: 'ရက်စွဲ မသိရ', until: 'နောက်ဆုံးထား၍ {0} အထိ', ongoing: 'အစောဆုံး {0} မှစ၍၊ သတင်းပို့ချိန်တွင် ဆက်ရှိနေဆဲ',
  fromDay: '{0} မှစ၍၊ သတင်းပို့ချိန်တွင် ဆက်ရှိနေဆဲ', between: '{0} အတွင်း',
  inWords: 'သတင်း၏ မူရင်းစကားလုံး - {0}',
  when: 'အချိန်', where: 'နေရာ', who: 'ပါဝင်သူများ', deaths: 'သေဆုံးသူ', deathsUnknown: 'မသိရ', deathsRange: '{0} ({1} – {2})', according: 'ကိုးကားချက်',
  accordingNone: 'သတင်းတွင် မည်သူ့ကိုမျှ ကိုးကားမထားပါ', sources: 'သတင်းရင်းမြစ်များ', source: 'သတင်းရင်းမြစ်', inferred: 'သတင်းတွင် မပါဘဲ ကောက်ချက်ချထားသည်', claims: 'သတင်းရင်းမြစ်များ ကွဲလွဲသည့် အချက်များ',
  ties: 'ဆက်စပ်ဖြစ်ရပ်များ', partOf: 'အောက်ပါတို့၏ အစိတ်အပိုင်း', parts: 'ယင်း၏ အစိတ်အပိုင်းများ', provenance: 'အချက်အလက်အစု - {0}။ {1}။ အသုံးပြုခွင့် - {2}။',
  incidents: 'ဖြစ်စဉ် {0} ခုကို မှတ်တမ်းတစ်ခုတည်းအဖြစ် ဖော်ပြထားသည်',
  eventsHere: 'ဤနေရာရှိ ဖြစ်ရပ်များ၊ နောက်ဆုံးဖြစ်ရပ် အရင်', noEvents: 'ဆက်စပ်ဖြစ်ရပ် မရှိပါ။', within: '{0} အတွင်း ရှိသည်',
  route: 'ခရီးလမ်း', routeAssumed: 'စထွက်ရာနေရာသည် ယူဆချက်',
  key: 'ဤမြေပုံကို ဖတ်နည်း',
  keyMark: 'အပြည့်ခြယ်ထားသော သင်္ကေတသည် အမည်ဖော်ပြထားသော မြို့တွင် ရှိသည်။ ဂဏန်းသည် ထိုနေရာရှိ ဖြစ်ရပ် သို့မဟုတ် ဖြစ်စဉ် အရေအတွက်ဖြစ်သည်။',
  keyRing: 'အစက်ဝိုင်း - မြို့မှ ၂၅ ကီလိုမီတာခန့်အတွင်း တစ်နေရာရာ။',
  keyArea: 'ဘောင်ခတ်ထားသော အမည်ပါ မျဉ်းစောင်းခြယ်နယ်မြေ - ထိုနယ်မြေ သို့မဟုတ် နိုင်ငံအတွင်း တစ်နေရာရာ၊ မည်သည့်နေရာဖြစ်သည်ကို မသိရ။',
  keyArc: 'မျဉ်းကွေးသည် ခရီးစဉ် စထွက်ရာနေရာမှ ရောက်ရှိရာနေရာသို့ ပြသည်။ စထွက်ရာနေရာကို ယူဆထားလျှင် မျဉ်းပြတ်ဖြင့် ပြသည်။',
  keyBar: 'အချိန်မျဉ်းပေါ်တွင် အပြည့်ခြယ်ထားသော အမှတ် သို့မဟုတ် အချောင်းသည် ရက်အတိအကျ သိရသည်။ မျဉ်းစောင်းခြယ်အချောင်းသည် ဖြစ်ပွားနိုင်သည့် အချိန်အပိုင်းအခြားဖြစ်သည်။ မှိန်သွားသောအချောင်းသည် နောက်ဆုံးသတင်းပို့ချိန်တွင် ဆက်ရှိနေဆဲဖြစ်သည်။',
  cluster: 'နီးကပ်စွာရှိသော ဖြစ်ရပ် {0} ခု၊ ၎င်းတို့အနက် {1} ခု၏ နေရာကို အကြမ်းဖျင်းသာ သိရသည်။ အနီးကပ်ကြည့်ရန်',
  histogram: 'အချိန်အလိုက် ဖြစ်ရပ်များ၊ တစ်ခုစီကို စတင်သည့်အချိန်တွင် တစ်ကြိမ်သာ ရေတွက်သည်',
  bin: '{0} - ဖြစ်ရပ် {1} ခု', typed: '{0} - {1}', typedAs: '{0} ({1})', sentences: '{0}။ {1}',
  more: 'နောက်ထပ် {0} ခု ပြရန်',
  missing: 'ထိုသို့သော မှတ်တမ်း မရှိပါ။', gone: 'ဤမှတ်တမ်းကို ရုပ်သိမ်း သို့မဟုတ် ဖယ်ရှားထားသည်။', unreadable: 'မှတ်တမ်းကို ရယူ၍ မရပါ။ တောင်းဆိုမှု မအောင်မြင်ပါ။',
  extra: 'ရင်းမြစ်မှ နောက်ထပ်အချက်များ', tags: 'အမှတ်အသားများ',
  notGiven: '{0}၊ နေရာ မဖော်ပြထား', roughly: '{0}၊ နေရာ အကြမ်းဖျင်း', asPage: 'စာမျက်နှာအဖြစ်', allData: 'အချက်အလက်အားလုံး', asData: 'GeoJSON အဖြစ်',
  outlines: 'နယ်နိမိတ်မျဉ်းများ - Natural Earth၊ အကြမ်းဖျင်း ရေးဆွဲထားသည်။ မည်သည့်နယ်နိမိတ်အပေါ်တွင်မျှ သဘောထားဖော်ပြခြင်း မဟုတ်ပါ။',
  change: 'အပြောင်းအလဲအမှတ် {0} အထိ အချက်အလက်များ။',
  zoomMapIn: 'ချဲ့ကြည့်ရန်', zoomMapOut: 'ချုံ့ကြည့်ရန်', home: 'ရှမ်းပြည်နယ်မြောက်ပိုင်း', kilometres: '{0} ကီလိုမီတာ', metres: '{0} မီတာ',
  beyond: '{0}၊ ဤမြင်ကွင်း၏ အပြင်ဘက်',
  type_bombing_raid: 'ဗုံးကြဲတိုက်ခိုက်မှု', type_shelling: 'လက်နက်ကြီးပစ်ခတ်မှု', type_offensive: 'ထိုးစစ်', type_clash: 'တိုက်ပွဲ',
  type_explosive: 'မိုင်းနှင့် ဗုံးပေါက်ကွဲမှု', type_violence_against_civilians: 'အရပ်သားများအပေါ် အကြမ်းဖက်မှု',
  type_territory_change: 'နယ်မြေထိန်းချုပ်မှု ပြောင်းလဲခြင်း', type_diplomatic_visit: 'သံတမန်ရေး ခရီးစဉ်', type_talks: 'ဆွေးနွေးပွဲ',
  type_agreement: 'သဘောတူညီချက်', type_statement: 'ထုတ်ပြန်ချက်', type_policy: 'မူဝါဒ', type_protest: 'ဆန္ဒပြပွဲ', type_other: 'အခြား',
  place_exact: 'ဤမြို့ သို့မဟုတ် ဤနေရာတွင်', place_near: '၂၅ ကီလိုမီတာခန့်အတွင်း', place_district: 'ခရိုင်အတွင်း တစ်နေရာရာ',
  place_region: 'ဒေသအတွင်း တစ်နေရာရာ', place_fuzzy: 'မျဉ်းတစ်လျှောက် သို့မဟုတ် အတိအကျမရှိသော နယ်မြေတွင်', place_country: 'နိုင်ငံအတွင်း တစ်နေရာရာ၊ နေရာ မဖော်ပြထား',
  place_international: 'နိုင်ငံများအကြား', place_unknown: 'နေရာ မသိရ',
  date_day: 'ရက်အတိအကျ', date_days: 'ရက်အနည်းငယ်အတွင်း', date_week: 'တစ်ပတ်အတွင်း', date_month: 'တစ်လအတွင်း', date_year: 'တစ်နှစ်အတွင်း', date_unknown: 'ရက်စွဲ မပါ',
  role_initiator: 'စတင်သူ', role_target: 'ပစ်မှတ်', role_visitor: 'သွားရောက်သူ', role_host: 'အိမ်ရှင်', role_mediator: 'ကြားဝင်စေ့စပ်သူ', role_party: 'ပါဝင်ပတ်သက်သူ', role_other: 'အခြားအခန်းကဏ္ဍ',
  relation_retaliation_for: 'ဤဖြစ်ရပ်က လက်တုံ့ပြန်သည်', relation_resumes: 'ဤဖြစ်ရပ်က ပြန်စသည်', relation_halts: 'ဤဖြစ်ရပ်က ရပ်ဆိုင်းမည်ဟု ကြေညာသည်', relation_ends: 'ဤဖြစ်ရပ်က အဆုံးသတ်သည်', relation_precedes: 'ဤဖြစ်ရပ်သည် အောက်ပါဖြစ်ရပ်ထက် စောသည်', relation_same_as: 'တူညီသော ဖြစ်ရပ်',
  inverse_retaliation_for: 'ဤဖြစ်ရပ်ကို လက်တုံ့ပြန်သည်', inverse_resumes: 'ဤဖြစ်ရပ်ကို ပြန်စသည်', inverse_halts: 'ဤဖြစ်ရပ်ကို ရပ်ဆိုင်းမည်ဟု ကြေညာသည်', inverse_ends: 'ဤဖြစ်ရပ်ကို အဆုံးသတ်သည်', inverse_precedes: 'ဤဖြစ်ရပ်သည် အောက်ပါဖြစ်ရပ်ထက် နောက်ကျသည်', inverse_same_as: 'တူညီသော ဖြစ်ရပ်',
  kind_city: 'မြို့ကြီး', kind_town: 'မြို့', kind_village: 'ကျေးရွာ', kind_camp: 'စစ်ဘေးရှောင် သို့မဟုတ် ဒုက္ခသည်စခန်း', kind_border_gate: 'နယ်စပ်ဂိတ်', kind_base: 'စစ်စခန်း',
  kind_country: 'နိုင်ငံ', kind_state: 'ပြည်နယ်', kind_region: 'ဒေသ', kind_district: 'ခရိုင်', kind_township: 'မြို့နယ်', kind_zone: 'ထိန်းချုပ်နယ်မြေ', kind_other: 'အခြား',
  field_type: 'အမျိုးအစား', field_title: 'ခေါင်းစဉ်', field_summary: 'အကျဉ်းချုပ်', field_start: 'စတင်ချိန်', field_end: 'ပြီးဆုံးချိန်', field_date_precision: 'ရက်စွဲ တိကျမှု', field_date_text: 'ရက်စွဲဖော်ပြချက်',
  field_place_id: 'နေရာ', field_place_precision: 'နေရာ တိကျမှု', field_geometry: 'တည်နေရာ', field_route: 'ခရီးလမ်း', field_route_from: 'စထွက်ရာနေရာ', field_route_to: 'ရောက်ရှိရာနေရာ',
  field_participants: 'ပါဝင်သူများ', field_incidents: 'ဖြစ်စဉ်များ', field_fatalities: 'သေဆုံးသူ', field_fatalities_best: 'သေဆုံးသူ၊ အသင့်တော်ဆုံး ခန့်မှန်းချက်', field_fatalities_low: 'သေဆုံးသူ၊ အနည်းဆုံး ခန့်မှန်းချက်', field_fatalities_high: 'သေဆုံးသူ၊ အများဆုံး ခန့်မှန်းချက်',
  field_part_of: 'စစ်ဆင်ရေး', field_related: 'ဆက်စပ်မှု', field_status: 'အခြေအနေ', field_names: 'အမည်များ', field_kind: 'အမျိုးအစား', field_within: 'ပါဝင်သည့် နယ်မြေ',
  status_reported: 'သတင်းပို့ထားသည်', status_corroborated: 'ရင်းမြစ်များ ကိုက်ညီသည်', status_verified: 'အတည်ပြုပြီး', status_disputed: 'အငြင်းပွားနေသည်', status_withdrawn: 'ရုပ်သိမ်းထားသည်',
  // Unsure: the words for playback and step.
  presets: 'အသင့်ရွေးချယ်ရန် အချိန်များ', presetAll: 'အားလုံး', lastYear: 'အချက်အလက်၏ နောက်ဆုံးနှစ်', playback: 'အချိန်လိုက် ပြသခြင်း', play: 'စတင်ပြသရန်', pause: 'ခဏရပ်ရန်', stepBack: 'တစ်ဆင့် နောက်သို့', stepOn: 'တစ်ဆင့် ရှေ့သို့', stepLength: 'အဆင့်၏ အရှည်', step_day: 'ရက်အလိုက်', step_week: 'ရက်သတ္တပတ်အလိုက်', step_month: 'လအလိုက်', cumulative: 'ယခင်ဖြစ်ရပ်များကိုပါ ထားရန်', speed: 'အမြန်နှုန်း', speedOf: '{0} ဆ', rangeFrom: 'ကာလ၏ အစ', rangeTo: 'ကာလ၏ အဆုံး', openFrom: 'ပထမဆုံး ဖြစ်ရပ်မှစ၍', openTo: 'နောက်ဆုံး ဖြစ်ရပ်အထိ', timeLooked: 'ကြည့်ရှုနေသည့် အချိန်',
} satisfies Texts

export default my
