import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors'
import { describe, expect, it } from 'vitest'
import { activateLocale } from '../lib/i18n'
import { explainRefusal, isUnauthenticated, messageAt, readRefusal } from './refusal'

const failed = (extensions: Record<string, unknown>, message = 'No.') =>
  new CombinedGraphQLErrors({ errors: [{ message, extensions }] })

describe('readRefusal', () => {
  it('reads code, sentence and field', () => {
    const refusal = readRefusal(failed({ code: 'VALIDATION', field: 'input.total.amount' }))
    expect(refusal).toEqual({ code: 'VALIDATION', message: 'No.', field: 'total.amount' })
    expect(messageAt(refusal, 'total')).toBe('No.')
    expect(messageAt(refusal, 'tot', 'date')).toBeUndefined()
  })

  it('never shows what broke inside', () => {
    for (const code of ['INTERNAL', 'SUBREQUEST_HTTP_ERROR', undefined]) {
      expect(readRefusal(failed({ code }, 'mongo: E11000')).message).not.toMatch(/mongo/)
    }
  })

  it('takes everything else for a lost connection', () => {
    expect(readRefusal(new TypeError('fetch failed')).code).toBe('UNREACHABLE')
  })

  it('speaks the language of the app, about the field where one is named', async () => {
    await activateLocale('de-DE')
    const taken = await explainRefusal(failed({ code: 'EMAIL_TAKEN' }, 'There is an account.'))
    expect(taken.message).toBe('Mit dieser E-Mail-Adresse gibt es schon ein Konto.')
    const name = await explainRefusal(
      failed({ code: 'VALIDATION', field: 'input.name' }, 'Too long.'),
    )
    expect(name.message).toBe('Dieser Name geht nicht. Wähle einen anderen.')
    const broken = readRefusal(failed({ code: 'SUBREQUEST_HTTP_ERROR' }, 'tcp connect error'))
    expect(broken.message).toBe('Bei uns ist etwas schiefgegangen. Bitte versuch es noch einmal.')
  })

  it('reads refusals that come with a status of their own', () => {
    const response = new Response(null, { status: 401 })
    const bodyText = '{"errors":[{"message":"No.","extensions":{"code":"UNAUTHENTICATED"}}]}'
    const error = new ServerError('401', { response, bodyText })
    expect(readRefusal(error).code).toBe('UNAUTHENTICATED')
    expect(isUnauthenticated(error)).toBe(true)
  })
})

describe('explainRefusal', () => {
  const full = { code: 'NOT_ALLOWED', reason: 'TOO_MANY_COMMENTS', most: '300' }

  it.each([
    ['de-DE', 'Eine Ausgabe kann höchstens 300 Kommentare haben.'],
    ['es', 'Un gasto puede tener como máximo 300 comentarios.'],
    ['en-GB', 'An expense can have at most 300 comments.'],
  ])('says reason and number in the language of the app: %s', async (locale, sentence) => {
    await activateLocale(locale)
    expect(await explainRefusal(failed(full))).toEqual({ code: 'NOT_ALLOWED', message: sentence })
  })

  it('keeps the field, and counts minutes', async () => {
    const long = { code: 'VALIDATION', field: 'input.note', reason: 'TOO_LONG', most: '1000' }
    const note = await explainRefusal(failed(long))
    expect(note).toMatchObject({ field: 'note', message: 'This may have at most 1000 characters.' })
    const wait = { code: 'RATE_LIMITED', reason: 'TOO_MANY_FAILURES', retryAfterSeconds: '119' }
    expect((await explainRefusal(failed(wait))).message).toMatch(/Please wait 2 minutes\.$/)
  })

  it.each([
    [
      { reason: 'SHARES_SUM', sum: '9.00', total: '10.00', currency: 'EUR' },
      'Die Anteile ergeben 9,00\u00a0€ statt 10,00\u00a0€.',
    ],
    [{ reason: 'PERCENT_SUM', percent: '90.50' }, 'Die Prozente ergeben 90,5 statt 100.'],
    [{ reason: 'TOO_MANY_DECIMALS', most: '0' }, 'Hier sind nur ganze Zahlen möglich.'],
    [
      { reason: 'ABSURD_DATE', first: '2000-01-01', last: '2027-11-30' },
      'Es braucht ein Datum vom 1. Jan. 2000 bis zum 30. Nov. 2027.',
    ],
  ])('says what does not fit together: %j', async (facts, sentence) => {
    await activateLocale('de-DE')
    const refused = failed({ code: 'SHARES_DO_NOT_ADD_UP', ...facts })
    expect((await explainRefusal(refused)).message).toBe(sentence)
  })

  it.each([
    [{ least: '1', most: '365' }, 'Das muss zwischen 1 und 365 liegen.'],
    [{ most: '100' }, 'Höchstens 100 sind hier möglich.'],
    [{ least: '2' }, 'Mindestens 2 sind hier nötig.'],
  ])('says a limit that comes with a field: %j', async (limit, sentence) => {
    await activateLocale('de-DE')
    const number = { code: 'VALIDATION', field: 'input.every', ...limit }
    expect(await explainRefusal(failed(number))).toMatchObject({
      field: 'every',
      message: sentence,
    })
    await activateLocale('en-GB')
    const { message } = await explainRefusal(failed(number, 'It is between 1 and 365 days.'))
    expect(message).toBe('It is between 1 and 365 days.')
  })

  it('says how long to wait after too many tries of any kind', async () => {
    await activateLocale('de-DE')
    const wait = { code: 'RATE_LIMITED', retryAfterSeconds: '240' }
    expect((await explainRefusal(failed(wait))).message).toMatch(/warte 4 Minuten\.$/)
  })

  it('falls back to the code for a reason that is not known', async () => {
    await activateLocale('de-DE')
    const newer = await explainRefusal(failed({ code: 'NOT_ALLOWED', reason: 'NEWER' }))
    expect(newer.message).toBe('Das darfst du nicht, oder nicht mehr.')
  })
})
