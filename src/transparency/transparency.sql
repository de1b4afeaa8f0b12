-- The figures of a transparency report, each from the acts of the requests.
--
-- It reads the tables requests, items, acts, counts and findings (described in docs/transparency.md), parts (the
-- half-years or the quarter reported on) and settings (the width of a band). It runs on DuckDB as it stands, and gives:
--
--   transparency_rows            a row for each period, country, level of agency, paper and service
--   transparency_totals          the same figures for each paper, and for all of them
--   transparency_bands           national security letters, which are published in bands only
--   transparency_epoc            European orders by class of data, issuing State and emergency
--   transparency_dsa             orders under Article 10 of Regulation (EU) 2022/2065 by Member State
--   transparency_first_response  requests by the time to the first response
--   transparency_profiles        not published: requests that count alike
--
-- A request counts in the period it was received in; what became of it is as its acts say, whenever that was. What is
-- small is taken out afterwards. `first_responses` and `productions` say how many a median rests on; they are not
-- published.

-- One row a request: what became of it.

-- Decisions are those taken after the newest version came, and after it was last judged.
create table item_decisions as
with settled as (
  select request, max(seq) as seq from acts where act in ('receive', 'cure', 'narrow', 'review') group by request
)
select i.request, i.item, i.data_class, arg_max(a.outcome, a.seq) as decision
from items i
join requests r on r.request = i.request and r.versions = i.version
join settled s on s.request = i.request
left join acts a on a.request = i.request and a.act = 'decide' and a.item = i.item and a.seq > s.seq
group by i.request, i.item, i.data_class;

create table approvals as
select request, bool_and(coalesce(decision = 'approve', false)) as all_items
from item_decisions group by request;

create table ways as
select
  request,
  count(*) filter (act = 'narrow') > 0 as narrowed,
  count(*) filter (act = 'withdraw') > 0 as withdrawn,
  count(*) filter (act = 'reject') > 0 as refused,
  count(*) filter (act = 'close') > 0 as closed,
  count(*) filter (act = 'preserve') > 0 as preserved,
  count(*) filter (act = 'convert') > 0 as converted,
  count(*) filter (act = 'verify' and outcome = 'verified') > 0 as verified,
  count(*) filter (act = 'verify' and outcome = 'fraud') > 0 as fraud,
  count(*) filter (act = 'call back' and outcome = 'denied') > 0 as denied,
  count(*) filter (act = 'send letter' and outcome in ('push back', 'form 3')) > 0 as pushed_back,
  count(*) filter (act = 'send letter' and outcome = 'no responsive records') > 0 as said_nothing_held,
  count(*) filter (act = 'notify user' and outcome = 'before') > 0 as told_before,
  count(*) filter (act = 'notify user' and outcome = 'delayed') > 0 as told_later,
  count(*) filter (act = 'package') > 0 as packaged,
  arg_max(rows, seq) filter (act = 'package') as rows_handed_over,
  max(seq) filter (act = 'package') as package_seq,
  coalesce(arg_max(accounts_found, seq) filter (act = 'resolve'), 0) as accounts_found,
  min(done_at) filter (act in ('send letter', 'package')) as first_response_at,
  min(done_at) filter (act = 'send letter') as first_letter_at,
  min(done_at) filter (act = 'send letter' and outcome = 'acknowledgement') as acknowledged_at,
  min(done_at) filter (act = 'send letter' and outcome = 'no responsive records') as said_nothing_held_at,
  min(done_at) filter (act = 'package') as produced_at,
  min(done_at) filter (act = 'convert' or (act = 'renew' and outcome = 'Form 5')) as followed_up_at
from acts group by request;

-- Rows that were handed over are those of the last collection before the package.
create table disclosed as
with collected as (
  select w.request, max(a.seq) as seq
  from ways w join acts a on a.request = w.request and a.act = 'collect' and a.seq < w.package_seq
  group by w.request
)
select
  c.request,
  count(distinct c.account) filter (c.produced > 0) as accounts,
  count(distinct c.account) filter (c.produced > 0 and c.content) as content_accounts
from counts c join collected using (request, seq)
group by c.request;

create table kept_accounts as
select c.request, count(distinct c.account) filter (c.found > 0) as accounts
from counts c join acts a on a.request = c.request and a.seq = c.seq and a.act = 'preserve'
group by c.request;

-- A letter of push-back about a version whose nondisclosure order a review found wanting (R-120 to R-128).
create table challenged as
select distinct f.request
from findings f
join acts reviewed on reviewed.request = f.request and reviewed.seq = f.seq and reviewed.act = 'review'
join acts letter on letter.request = f.request and letter.version = f.version and letter.seq > f.seq
where f.rule between 'R-120' and 'R-128' and f.severity <> 'warn'
  and letter.act = 'send letter' and letter.outcome in ('push back', 'form 3');

create table speech as
select distinct request from findings where rule = 'R-085';

create table request_outcomes as
select
  r.request,
  case
    when rows_handed_over > 0 and all_items and not narrowed then 'full'
    when rows_handed_over > 0 then 'part'
    when rows_handed_over = 0 or said_nothing_held then 'none'
    when refused or fraud then 'rejected'
    when withdrawn then 'withdrawn'
    else 'open or lapsed'
  end as outcome
from requests r
join ways using (request)
left join approvals using (request);

-- National security letters are counted in their own view only. A renewal and a withdrawal are part of an earlier request.
create table counted as
select
  p.period_start,
  p.period_end,
  r.*,
  w.* exclude (request),
  o.outcome,
  r.kind in ('production', 'emergency') as asked,
  r.kind = 'preservation' as to_preserve,
  r.instrument_id = 'XB-MLAT' as apart,
  coalesce(d.accounts, 0) as accounts_disclosed,
  coalesce(d.content_accounts, 0) as content_accounts,
  coalesce(k.accounts, 0) as accounts_preserved,
  r.ndo_ordered and c.request is not null as ndo_challenged,
  s.request is not null as escalated_for_speech,
  w.fraud or w.denied as fraud_suspected,
  -- Whom a notice reaches: everyone whose data were handed over; before that, everyone the demand reached.
  case
    when w.rows_handed_over > 0 then greatest(coalesce(d.accounts, 0), 1)
    else greatest(w.accounts_found, 1)
  end as users,
  case when w.told_before then 'before' when w.told_later then 'later' when w.rows_handed_over > 0 then 'never' end as told,
  date_diff('millisecond', r.received_at, w.first_response_at) as first_response_ms,
  date_diff('millisecond', r.received_at, w.produced_at) as production_ms,
  date_diff('millisecond', r.received_at, w.followed_up_at) as follow_up_ms
from requests r
join parts p on r.received_at >= p.began and r.received_at < p.ended
join ways w on w.request = r.request
join request_outcomes o on o.request = r.request
left join disclosed d on d.request = r.request
left join kept_accounts k on k.request = r.request
left join challenged c on c.request = r.request
left join speech s on s.request = r.request
where r.kind in ('production', 'emergency', 'preservation', 'ndo') and r.instrument_id <> 'US-NSL';

-- What each request counts for in each column.
create table measured as
select
  request,
  period_start,
  period_end,
  apart,
  country as country_iso2,
  agency_level,
  instrument_id,
  service,
  asked::bigint as requests_received,
  if(asked, accounts_named, 0) as accounts_specified,
  if(asked, accounts_found, 0) as accounts_affected,
  (asked and outcome = 'full')::bigint as requests_produced_full,
  (asked and outcome = 'part')::bigint as requests_produced_partial,
  (asked and outcome = 'rejected')::bigint as requests_rejected,
  (asked and pushed_back)::bigint as requests_pushed_back,
  (asked and narrowed)::bigint as requests_narrowed,
  (asked and outcome = 'withdrawn')::bigint as requests_withdrawn,
  (asked and outcome = 'none')::bigint as no_responsive_records,
  if(asked, accounts_disclosed, 0) as accounts_disclosed,
  if(asked, content_accounts, 0) as content_disclosed_accounts,
  (asked and emergency)::bigint as emergency_received,
  (asked and emergency and packaged)::bigint as emergency_granted,
  (asked and emergency and not packaged and (fraud or (closed and not verified)))::bigint
    as emergency_rejected_verification,
  to_preserve::bigint as preservation_requests,
  if(to_preserve, accounts_preserved, 0) as preservation_accounts,
  (to_preserve and converted)::bigint as preservation_converted,
  ndo_ordered::bigint as ndo_attached,
  ndo_without_end::bigint as ndo_indefinite_received,
  ndo_challenged::bigint as ndo_challenged,
  if(asked and told = 'before', users, 0) as users_notified_before,
  if(asked and told = 'later', users, 0) as users_notified_delayed,
  if(asked and told = 'never', users, 0) as users_not_notified,
  if(asked, first_response_ms, null) as response_ms,
  if(asked, production_ms, null) as data_ms,
  (asked and reverse)::bigint as reverse_requests,
  (asked and escalated_for_speech)::bigint as speech_escalations,
  fraud_suspected::bigint as fraud_suspected,
  (asked and outcome = 'open or lapsed')::bigint as requests_open_or_lapsed
from counted
-- A period without a request has its total too: of nothing.
union all by name
select period_start, period_end, false as apart from parts;

-- A time in tenths of an hour or a day, the half rounded up.
create macro tenths(milliseconds, unit_ms) as floor(milliseconds / (unit_ms / 10.0) + 0.5) / 10.0;

-- The figures: for each row, for each paper, and for all of them together.
create table figures as
select
  period_start,
  period_end,
  country_iso2,
  agency_level,
  instrument_id,
  service,
  apart,
  grouping(country_iso2, instrument_id) as level,
  coalesce(sum(requests_received), 0)::bigint as requests_received,
  coalesce(sum(accounts_specified), 0)::bigint as accounts_specified,
  coalesce(sum(accounts_affected), 0)::bigint as accounts_affected,
  coalesce(sum(requests_produced_full), 0)::bigint as requests_produced_full,
  coalesce(sum(requests_produced_partial), 0)::bigint as requests_produced_partial,
  coalesce(sum(requests_rejected), 0)::bigint as requests_rejected,
  coalesce(sum(requests_pushed_back), 0)::bigint as requests_pushed_back,
  coalesce(sum(requests_narrowed), 0)::bigint as requests_narrowed,
  coalesce(sum(requests_withdrawn), 0)::bigint as requests_withdrawn,
  coalesce(sum(no_responsive_records), 0)::bigint as no_responsive_records,
  coalesce(sum(accounts_disclosed), 0)::bigint as accounts_disclosed,
  coalesce(sum(content_disclosed_accounts), 0)::bigint as content_disclosed_accounts,
  coalesce(sum(emergency_received), 0)::bigint as emergency_received,
  coalesce(sum(emergency_granted), 0)::bigint as emergency_granted,
  coalesce(sum(emergency_rejected_verification), 0)::bigint as emergency_rejected_verification,
  coalesce(sum(preservation_requests), 0)::bigint as preservation_requests,
  coalesce(sum(preservation_accounts), 0)::bigint as preservation_accounts,
  coalesce(sum(preservation_converted), 0)::bigint as preservation_converted,
  coalesce(sum(ndo_attached), 0)::bigint as ndo_attached,
  coalesce(sum(ndo_indefinite_received), 0)::bigint as ndo_indefinite_received,
  coalesce(sum(ndo_challenged), 0)::bigint as ndo_challenged,
  coalesce(sum(users_notified_before), 0)::bigint as users_notified_before,
  coalesce(sum(users_notified_delayed), 0)::bigint as users_notified_delayed,
  coalesce(sum(users_not_notified), 0)::bigint as users_not_notified,
  tenths(median(response_ms), 3600000) as median_hours_to_first_response,
  tenths(median(data_ms), 86400000) as median_days_to_production,
  coalesce(sum(reverse_requests), 0)::bigint as reverse_requests,
  coalesce(sum(speech_escalations), 0)::bigint as speech_escalations,
  coalesce(sum(fraud_suspected), 0)::bigint as fraud_suspected,
  coalesce(sum(requests_open_or_lapsed), 0)::bigint as requests_open_or_lapsed,
  count(response_ms) as first_responses,
  count(data_ms) as productions
from measured
group by grouping sets (
  (period_start, period_end, apart, country_iso2, agency_level, instrument_id, service),
  (period_start, period_end, apart, instrument_id),
  (period_start, period_end, apart)
);

create view transparency_rows as
select * exclude (apart, level)
from figures where level = 0 and instrument_id is not null
order by period_start, country_iso2, agency_level, instrument_id, service;

-- Requests by way of mutual legal assistance have a total of their own and are in no other.
create view transparency_totals as
select
  period_start,
  period_end,
  coalesce(instrument_id, 'all') as counted,
  * exclude (period_start, period_end, country_iso2, agency_level, instrument_id, service, apart, level)
from figures
where (level = 2 and instrument_id is not null) or (level = 3 and not apart)
order by period_start, counted = 'all', counted;

-- 50 U.S.C. § 1874 lets a provider publish how many letters it received in bands only, for half-years: nought is in one.
create view transparency_bands as
with letters as (
  select
    p.period_start,
    p.period_end,
    count(r.request) as received,
    coalesce(sum(r.accounts_named), 0)::bigint as named
  from parts p
  left join requests r on r.received_at >= p.began and r.received_at < p.ended and r.instrument_id = 'US-NSL'
  where p.half_year
  group by p.period_start, p.period_end
)
select
  period_start,
  period_end,
  (received // band * band) || '–' || (received // band * band + band - 1) as requests_received,
  (named // band * band) || '–' || (named // band * band + band - 1) as accounts_specified
from letters cross join settings
order by period_start;

-- Regulation (EU) 2023/1543, Article 28(4). An order that asks for several classes counts in each.
create table european_classes as
with classes as (
  select request, data_class, bool_or(coalesce(decision = 'approve', false)) as approved
  from item_decisions group by request, data_class
)
select
  c.request,
  if(c.instrument_id = 'EU-EPOC-PR', 'EPOC-PR', 'EPOC') as certificate,
  coalesce(i.data_class, 'unstated') as data_class,
  c.country,
  c.emergency,
  case
    when c.instrument_id = 'EU-EPOC-PR' and c.preserved then 'fulfilled'
    when c.outcome in ('full', 'part', 'none') and i.approved then 'fulfilled'
    when c.outcome <> 'open or lapsed' or c.closed then 'not fulfilled'
    else 'open'
  end as answer,
  c.production_ms,
  c.follow_up_ms
from counted c
left join classes i using (request)
where c.instrument_id in ('EU-EPOC-S', 'EU-EPOC-T', 'EU-EPOC-PR') and (c.asked or c.to_preserve);

create view transparency_epoc as
select
  certificate,
  data_class,
  country as issuing_state,
  if(emergency, 'yes', 'no') as emergency,
  count(*) as received,
  count(*) filter (answer = 'fulfilled') as fulfilled,
  count(*) filter (answer = 'not fulfilled') as not_fulfilled,
  count(*) filter (answer = 'open') as still_open,
  tenths(sum(production_ms) filter (answer = 'fulfilled') / count(production_ms) filter (answer = 'fulfilled'), 3600000)
    as average_hours_to_data,
  tenths(sum(follow_up_ms) / count(follow_up_ms), 86400000) as average_days_to_follow_up,
  count(production_ms) filter (answer = 'fulfilled') as productions,
  count(follow_up_ms) as follow_ups
from european_classes
group by certificate, data_class, country, emergency
order by certificate, data_class, country, emergency;

-- Regulation (EU) 2022/2065, Article 15(1)(a): median time to tell the authority of receipt, and to give effect.
create table digital_services as
select
  *,
  date_diff('millisecond', received_at, coalesce(acknowledged_at, first_letter_at)) as told_ms,
  date_diff('millisecond', received_at, coalesce(produced_at, said_nothing_held_at)) as done_ms
from counted
where instrument_id = 'EU-DSA10' and asked;

create view transparency_dsa as
select
  period_start,
  period_end,
  country as member_state,
  count(*) as orders_received,
  tenths(median(told_ms), 3600000) as median_hours_to_acknowledge,
  tenths(median(done_ms), 3600000) as median_hours_to_effect,
  count(told_ms) as acknowledgements,
  count(done_ms) as effects
from digital_services
group by period_start, period_end, country
order by period_start, country;

-- How long requesters waited for a first letter or a package; the same requests as the total.
create table waiting_bands as
select * from (values
  (1, 'under 1 hour', -9007199254740991, 3600000),
  (2, '1 to 8 hours', 3600000, 28800000),
  (3, '8 hours to 1 day', 28800000, 86400000),
  (4, '1 to 3 days', 86400000, 259200000),
  (5, '3 to 10 days', 259200000, 864000000),
  (6, '10 days or more', 864000000, 9007199254740991),
  (7, 'no response yet', null, null)
) as bands(band, label, least_ms, below_ms);

create table waits as
select m.request, m.period_start, b.band
from measured m
join waiting_bands b
  on if(b.least_ms is null, m.response_ms is null, m.response_ms >= b.least_ms and m.response_ms < b.below_ms)
where m.requests_received = 1 and not m.apart;

create view transparency_first_response as
select p.period_start, p.period_end, b.band, b.label, count(w.request) as requests
from parts p
cross join waiting_bands b
left join waits w on w.period_start = p.period_start and w.band = b.band
group by p.period_start, p.period_end, b.band, b.label
order by p.period_start, b.band;

-- Not published: requests that count alike. What is small is taken out so that a table of other requests looks the same.
create view transparency_profiles as
with orders as (
  select request, string_agg(concat_ws('|', certificate, data_class, country, if(emergency, 'yes', 'no'), answer,
    (answer = 'fulfilled' and production_ms is not null)::bigint, (follow_up_ms is not null)::bigint), ';' order by data_class) as epoc
  from european_classes group by request
)
select
  m.* exclude (request, response_ms, data_ms),
  (m.response_ms is not null)::bigint as first_responses,
  (m.data_ms is not null)::bigint as productions,
  w.band,
  o.epoc,
  d.request is not null as is_dsa,
  (d.told_ms is not null)::bigint as acknowledgements,
  (d.done_ms is not null)::bigint as effects,
  count(*) as requests
from measured m
left join waits w on w.request = m.request
left join orders o on o.request = m.request
left join digital_services d on d.request = m.request
where m.request is not null
group by all
order by all;
