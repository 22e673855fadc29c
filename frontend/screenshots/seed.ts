import type { APIRequestContext } from '@playwright/test'
import { Api, newExpense, newGroup, registered, type Group, type Tokens } from '../e2e/api'

const RECORD_PAYMENT = `mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { id } }`
const DISPUTE = `mutation ($id: ID!, $reason: String!) { disputePayment(id: $id, reason: $reason) { id } }`
const BEFRIEND = `mutation ($email: String!) { sendFriendRequest(email: $email) }`
const COMMENT = `mutation ($expenseId: ID!, $text: String!) { addComment(expenseId: $expenseId, text: $text) { id } }`
const SET_BUDGET = `mutation ($input: SetBudgetInput!) { setBudget(input: $input) { id } }`
const ARCHIVE = `mutation ($id: ID!) { archiveGroup(id: $id) { id } }`
const LATEST = `query ($id: ID!) { group(id: $id) { expenses(first: 1) { edges { node { id } } } } }`

type Spent = readonly [what: string, amount: string, category: string, payer: string, days: number]

const LISBON: readonly Spent[] = [
  ['Dinner by the river', '84.50', 'dining', 'Ada', 0],
  ['Tram 28', '12.00', 'transport', 'Ben', 0],
  ['Pastéis de Belém', '18.40', 'dining', 'Mia', 1],
  ['Apartment in Alfama', '420.00', 'travel', 'Ada', 1],
  ['Groceries', '63.15', 'groceries', 'Jonas', 2],
  ['Surf lesson', '140.00', 'entertainment', 'Ben', 2],
  ['Rental car to Sintra', '96.80', 'transport', 'Mia', 3],
  ['Palácio da Pena, four tickets', '56.00', 'entertainment', 'Ada', 3],
  ['Wine tasting', '72.00', 'drinks', 'Jonas', 4],
  ['Fado evening', '110.00', 'entertainment', 'Ada', 5],
  ['Flights', '612.00', 'travel', 'Ben', 40],
  ['Travel insurance', '48.00', 'other', 'Mia', 45],
]

const FLAT: readonly Spent[] = [
  ['Rent', '1240.00', 'home', 'Noor', 2],
  ['Electricity', '86.40', 'utilities', 'Ada', 5],
  ['Internet', '39.90', 'utilities', 'Noor', 9],
  ['Cleaning supplies', '23.75', 'groceries', 'Ada', 12],
  ['Rent', '1240.00', 'home', 'Noor', 33],
  ['New lamp', '59.00', 'home', 'Ada', 50],
  ['Rent', '1240.00', 'home', 'Noor', 64],
]

const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

async function fill(api: Api, group: Group, spent: readonly Spent[]): Promise<void> {
  for (const [description, amount, category, payer, days] of spent) {
    const member = group.members.find(({ name }) => name === payer)
    const expense = { description, amount, category, payer: member?.id, date: dayAgo(days) }
    await newExpense(api, group, expense)
  }
}

/** One request to the account, and one of it. */
async function makeFriends(request: APIRequestContext, api: Api, email: string): Promise<void> {
  const zoe = await registered(request, { name: 'Zoë Ode', email: `zoe.${email}` })
  await new Api(request, zoe.accessToken).call(BEFRIEND, { email })
  await api.call(BEFRIEND, { email: 'noor@example.org' })
}

/** The id of the latest expense of a group. */
async function latest(api: Api, groupId: string): Promise<string> {
  const { group } = await api.call<{
    group: { expenses: { edges: { node: { id: string } }[] } }
  }>(LATEST, { id: groupId })
  const [edge] = group.expenses.edges
  return edge?.node.id ?? ''
}

async function archivedGroup(api: Api): Promise<Seeded['archived']> {
  const regatta = await newGroup(
    api,
    'Regatta of the rowing club on the Wörthersee',
    ['Ben'],
    'EVENT',
  )
  await fill(api, regatta, [['Entry fee', '90.00', 'entertainment', 'Ada', 200]])
  const expenseId = await latest(api, regatta.id)
  await api.call(ARCHIVE, { id: regatta.id })
  return { groupId: regatta.id, expenseId }
}

export interface Seeded {
  tokens: Tokens
  groupId: string
  /** A group that nothing is added to any more. */
  archived: { groupId: string; expenseId: string }
  expenseId: string
  paymentId: string
  memberId: string
}

/** Somebody with a trip, a flat, a past dinner and people in all of them. */
export async function seed(request: APIRequestContext): Promise<Seeded> {
  const email = `ada.${Date.now().toString(36)}@example.org`
  const tokens = await registered(request, { name: 'Ada', email })
  const api = new Api(request, tokens.accessToken)
  const flat = await newGroup(api, 'Flat in Graz', ['Noor'], 'HOME')
  await fill(api, flat, FLAT)
  const dinner = await newGroup(api, 'Friday dinners', ['Ben', 'Mia', 'Noor'], 'EVENT')
  await fill(api, dinner, [['Ramen', '64.00', 'dining', 'Ada', 14]])
  const lisbon = await newGroup(api, 'Lisbon long weekend', ['Ben', 'Mia', 'Jonas'], 'TRIP')
  await fill(api, lisbon, LISBON)
  const mia = lisbon.members.find(({ name }) => name === 'Mia')
  const input = {
    groupId: lisbon.id,
    fromMemberId: mia?.id,
    toMemberId: lisbon.viewerMember.id,
    amount: { amount: '40.00', currency: 'EUR' },
    method: 'CASH',
    date: dayAgo(0),
  }
  const { recordPayment } = await api.call<{ recordPayment: { id: string } }>(RECORD_PAYMENT, {
    input: { ...input, idempotencyKey: crypto.randomUUID() },
  })
  await api.call(DISPUTE, { id: recordPayment.id, reason: 'Only 30 have come so far' })
  const limit = { amount: '120.00', currency: 'EUR' }
  await api.call(SET_BUDGET, { input: { groupId: lisbon.id, category: 'dining', limit } })
  await api.call(SET_BUDGET, { input: { limit: { ...limit, amount: '2000.00' } } })
  await makeFriends(request, api, email)
  const expenseId = await latest(api, lisbon.id)
  await api.call(COMMENT, { expenseId, text: 'The tip is in it already.' })
  const archived = await archivedGroup(api)
  const paymentId = recordPayment.id
  return { tokens, groupId: lisbon.id, archived, expenseId, paymentId, memberId: mia?.id ?? '' }
}
