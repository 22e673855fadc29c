import type { APIRequestContext, Page } from '@playwright/test'
import { noteSecret } from './secrets'

export interface Tokens {
  accessToken: string
  refreshToken: string
  expiresAt: string
}

const KEY = 'quits.session'

/** Calls the API as somebody. Fails with what the API says. */
export class Api {
  private readonly request: APIRequestContext
  private token: string | undefined

  constructor(request: APIRequestContext, token?: string) {
    this.request = request
    this.token = token
  }

  async call<Data>(query: string, variables: object): Promise<Data> {
    const headers: Record<string, string> = this.token
      ? { authorization: `Bearer ${this.token}` }
      : {}
    const answer = await this.request.post('/graphql', { data: { query, variables }, headers })
    const { data, errors } = (await answer.json()) as { data: Data | null; errors?: unknown }
    if (!data) throw new Error(JSON.stringify(errors))
    return data
  }
}

const REGISTER = `mutation ($input: RegisterInput!) {
  register(input: $input) { accessToken refreshToken expiresAt }
}`

/** Signs somebody up who pays in euros and lives in Vienna. */
export async function registered(
  request: APIRequestContext,
  account: { name: string; email: string },
): Promise<Tokens> {
  const home = { defaultCurrency: 'EUR', locale: 'en-GB', timeZone: 'Europe/Vienna' }
  const input = { ...account, ...home, password: 'correct horse battery staple' }
  const { register } = await new Api(request).call<{ register: Tokens }>(REGISTER, { input })
  noteSecret(register.refreshToken)
  return register
}

/** Whatever a page opens next, it opens as somebody. */
export async function signIn(page: Page, tokens: Tokens): Promise<void> {
  const { accessToken, refreshToken, expiresAt } = tokens
  const session = { accessToken, refreshToken, renewAt: Date.parse(expiresAt) - 30_000 }
  // A file from the app's origin: the storage is the app's, and the app itself does not run.
  await page.goto('/mark.svg')
  await page.evaluate(
    ([key, text]) => {
      localStorage.setItem(key, text)
    },
    [KEY, JSON.stringify(session)] as const,
  )
}

/** The API as whoever is signed in at a page. */
export async function apiOf(page: Page): Promise<Api> {
  const text = await page.evaluate((key) => localStorage.getItem(key), KEY)
  const { accessToken } = JSON.parse(text ?? '{}') as Partial<Tokens>
  return new Api(page.request, accessToken)
}

export interface Group {
  id: string
  viewerMember: { id: string }
  members: { id: string; name: string }[]
}

const GROUP = 'id viewerMember { id } members { id name }'
const CREATE_GROUP = `mutation ($input: CreateGroupInput!) { createGroup(input: $input) { ${GROUP} } }`
const READ_GROUP = `query ($id: ID!) { group(id: $id) { ${GROUP} } }`
const CREATE_EXPENSE = `mutation ($input: CreateExpenseInput!) { createExpense(input: $input) { id } }`

export async function newGroup(
  api: Api,
  name: string,
  guests: readonly string[],
  kind = 'OTHER',
): Promise<Group> {
  const input = { name, kind, currency: 'EUR', guests }
  return (await api.call<{ createGroup: Group }>(CREATE_GROUP, { input })).createGroup
}

export async function readGroup(api: Api, id: string): Promise<Group> {
  return (await api.call<{ group: Group }>(READ_GROUP, { id })).group
}

interface Spent {
  description: string
  amount: string
  /** By default guessed from the description. */
  category?: string
  /** By default today. */
  date?: string
  /** A member; by default the one who calls the API. */
  payer?: string | undefined
}

/** An expense in euros, split equally among everybody. */
export async function newExpense(api: Api, group: Group, spent: Spent): Promise<void> {
  const { payer = group.viewerMember.id, amount, ...rest } = spent
  const input = {
    ...rest,
    groupId: group.id,
    total: { amount, currency: 'EUR' },
    payers: [{ memberId: payer, amount }],
    split: { equal: group.members.map(({ id }) => id) },
    idempotencyKey: crypto.randomUUID(),
  }
  await api.call(CREATE_EXPENSE, { input })
}
