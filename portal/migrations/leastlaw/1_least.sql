-- A file could call somebody in France `general`. What an address demands is kept beside the law that was said.
alter table personal.candidate add column least_regime text references portal.regime;

-- A law that the address contradicts, and one of somebody who lives nowhere, is not known any more: nothing opens by it. An import of an address and
-- a law that fit puts it right.
with lives as (
    select items.candidate_id, upper(btrim(items.address ->> 'country')) as country, coalesce(items.address ->> 'region', '') as region,
           coalesce(items.address ->> 'postal_code', '') as code, concat_ws(' ', items.address ->> 'city', items.address ->> 'line') as place
    from personal.candidate_items as items
), demanded as (
    select candidate.id, candidate.regime, coalesce(lives.country, '') = '' as nowhere,
           case when lives.country = any ('{AT,BE,BG,HR,CY,CZ,DK,EE,FI,FR,DE,GR,HU,IE,IT,LV,LT,LU,MT,NL,PL,PT,RO,SK,SI,ES,SE,IS,LI,NO,AX,GF,GP,MF,MQ,RE,YT}') then 'eea'
                when lives.country = 'US' and (lives.region ~* '(^|[^a-z])(ca|calif|california)([^a-z]|$)|カリフォルニア|加州|加利福尼'
                     or lives.place ~ '(^|[ ,])(CA|California|カリフォルニア)([ ,.]|$)' or lives.code ~ '^9(0[0-9]|[1-5][0-9]|6[01])'
                     or btrim(lives.region || lives.code) = '') then 'california' end as least
    from lives join personal.candidate on candidate.id = lives.candidate_id
)
update personal.candidate set
    least_regime = coalesce(demanded.least, demanded.regime),
    regime = case when demanded.regime = 'eea' or demanded.regime = demanded.least then demanded.regime end
from demanded
where demanded.id = candidate.id
  and (demanded.least is not null or demanded.nowhere and demanded.regime in ('general', 'california'));

-- Whose e-mail address or telephone number somebody else's record has as well. By hash: a column of before can hold a text of any length.
create index on personal.candidate_items using hash (lower(email));
create index on personal.candidate_items using hash (telephone);
