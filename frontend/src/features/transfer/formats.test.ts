import { expect, test } from 'vitest'
import { guessFormat } from './formats'

const SPLITWISE_DE = `Datum,Beschreibung,Kategorie,Kosten,Währung,Ada Gärtner,BEN

2026-07-02,"Flug, hin und zurück",Flugzeug,2362.00,EUR,-1181.00,1181.00`
const SPLITWISE_FRIEND = `Note: does not include group expenses

Date,Description,Category,Cost,Currency,Friend A,Ada
2026-01-15,Groceries run,Food,120.00,CAD,-60.00,60.00`
const COSPEND = `name,weight,active,color
"Ada",1,1,"#112233"

what,amount,date,timestamp,payer_name,payer_weight,payer_active,owers,repeat
"Dinner",42.5,2024-01-15,1705276800,"Ada",1,1,"Ada, Ben",n`
const BANK = `"Girokonto";"DE99999999999999999999"
""
"Buchungsdatum";"Wertstellung";"Status";"Betrag (€)"
"01.06.23";"01.06.23";"Gebucht";"-1.450,00"`

test.each([
  ['export.csv', SPLITWISE_DE, 'SPLITWISE_CSV'],
  ['friend.csv', SPLITWISE_FRIEND, 'SPLITWISE_CSV'],
  ['group_splitwise.csv', 'Date,Description\n', 'SPLITWISE_CSV'],
  ['project.csv', COSPEND, 'COSPEND_CSV'],
  ['bills.csv', 'date,what,amount,currency,payer_name,payer_weight,owers\n', 'IHATEMONEY_CSV'],
  [
    'spliit.csv',
    'Date,Description,Category,Currency,Cost,Original cost,Original currency,Conversion rate,Is Reimbursement,Split mode,Ada,Ben\n',
    'SPLIIT_CSV',
  ],
  ['dkb.csv', BANK, 'BANK_CSV'],
  ['bills.json', '[{"what":"refund","payer_name":"tata"}]', 'IHATEMONEY_JSON'],
  ['group.json', '{"id":"x","name":"Trip","currencyCode":"EUR","expenses":[]}', 'SPLIIT_JSON'],
  ['registry.json', '{"Response":[{"Registry":{}}]}', 'TRICOUNT_JSON'],
  ['quits.json', '{"format":"quits","version":1}', 'QUITS_JSON'],
  ['tricount.json', '{ broken', 'TRICOUNT_JSON'],
])('%s', (name, text, format) => {
  expect(guessFormat(name, text)).toBe(format)
})
