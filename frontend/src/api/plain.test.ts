import { expect, it, vi } from 'vitest'
import { sendPlain, type PlainDocument } from './plain'

const fetched = vi.fn<typeof fetch>()
const Login = 'mutation Login { login { accessToken } }' as unknown as PlainDocument<
  { login: { accessToken: string } },
  { email: string }
>

function answer(body: unknown, status = 200) {
  fetched.mockReset().mockResolvedValue(Response.json(body, { status }))
  vi.stubGlobal('fetch', fetched)
}

const sentToken = () => new Headers(fetched.mock.lastCall?.[1]?.headers).get('authorization')

it('sends no token with what happens before there is a session', async () => {
  answer({ data: { login: { accessToken: 'a' } } })
  const { data } = await sendPlain(Login, { email: 'ada@example.org' })
  expect(data?.login.accessToken).toBe('a')
  expect(sentToken()).toBeNull()
  const body: unknown = JSON.parse(fetched.mock.lastCall?.[1]?.body as string)
  expect(body).toEqual({ query: String(Login), variables: { email: 'ada@example.org' } })
})

it('sends the token of a session on request', async () => {
  answer({ data: { login: { accessToken: 'a' } } })
  await sendPlain(Login, { email: '' }, Promise.resolve('t'))
  expect(sentToken()).toBe('Bearer t')
})

it.each([200, 401])('reads a refusal that comes with status %i', async (status) => {
  const extensions = { code: 'BAD_CREDENTIALS' }
  answer({ data: null, errors: [{ message: 'Wrong.', extensions }] }, status)
  expect((await sendPlain(Login, { email: '' })).refusal?.code).toBe('BAD_CREDENTIALS')
})

it('takes an answer without sense for a lost connection', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('<h1>Bad gateway</h1>')))
  expect((await sendPlain(Login, { email: '' })).refusal?.code).toBe('UNREACHABLE')
  answer({})
  expect((await sendPlain(Login, { email: '' })).refusal?.code).toBe('UNREACHABLE')
})
