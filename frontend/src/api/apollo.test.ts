import { gql, type TypedDocumentNode } from '@apollo/client'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { SessionStore } from './session'
import { createApollo } from './apollo'
import { readRefusal } from './refusal'
import { LiveSocket } from './socket'

const Me: TypedDocumentNode<{ me: { name: string } }> = gql`
  query Me {
    me {
      name
    }
  }
`
const me = {
  data: { me: { __typename: 'User', id: '1', name: 'Ada', email: null, defaultCurrency: 'EUR' } },
}
const unauthenticated = {
  errors: [{ message: 'Log in first.', extensions: { code: 'UNAUTHENTICATED' } }],
}
const tokens = (name: string) => ({
  accessToken: name,
  refreshToken: `refresh-${name}`,
  expiresAt: new Date(Date.now() + 900_000).toISOString(),
})

const fetched = vi.fn<typeof fetch>()
const reply = (body: object, status = 200) =>
  Promise.resolve(
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json' },
    }),
  )
const sentTokens = () =>
  fetched.mock.calls.map(([, init]) => new Headers(init?.headers).get('authorization'))

function client(renewed: ReturnType<typeof tokens> | null = tokens('new')) {
  const session = new SessionStore(() => Promise.resolve(renewed))
  session.start(tokens('old'))
  return { apollo: createApollo(session, new LiveSocket(session)), session }
}

beforeEach(() => {
  fetched.mockReset()
  vi.stubGlobal('fetch', fetched)
})

describe('the client', () => {
  it('sends the token', async () => {
    fetched.mockImplementation(() => reply(me))
    await client().apollo.query({ query: Me })
    expect(sentTokens()).toEqual(['Bearer old'])
  })

  it.each([200, 401])('renews a token refused with status %i, once', async (status) => {
    fetched.mockImplementationOnce(() => reply(unauthenticated, status))
    fetched.mockImplementation(() => reply(me))
    const { data } = await client().apollo.query({ query: Me })
    expect(data?.me.name).toBe('Ada')
    expect(sentTokens()).toEqual(['Bearer old', 'Bearer new'])
  })

  it('ends the session when the renewal is refused', async () => {
    fetched.mockImplementation(() => reply(unauthenticated))
    const { apollo, session } = client(null)
    const { error } = await apollo.query({ query: Me })
    expect(readRefusal(error).code).toBe('UNAUTHENTICATED')
    expect(session.active()).toBe(false)
  })
})
