import type { APIRequestContext, Page } from '@playwright/test'

export interface Tokens {
  accessToken: string
  refreshToken: string
  expiresAt: string
}

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
  return (await new Api(request).call<{ register: Tokens }>(REGISTER, { input })).register
}

/** Opens the app signed in, from the next page on. */
export async function signIn(page: Page, tokens: Tokens): Promise<void> {
  const { accessToken, refreshToken, expiresAt } = tokens
  const session = { accessToken, refreshToken, renewAt: Date.parse(expiresAt) - 30_000 }
  await page.addInitScript((text) => {
    localStorage.setItem('quits.session', text)
  }, JSON.stringify(session))
}
