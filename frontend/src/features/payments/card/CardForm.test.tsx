import { readFileSync } from 'node:fs'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { mask } from '../../../api/fragments'
import type { ShownFragment } from '../../../api/shown.generated'
import { stage } from '../../../test/answering'
import { euro } from '../../../test/expense'
import { CardForm } from './CardForm'

// The stand-in for Stripe.js that the demo runs as well.
const SCRIPT = readFileSync('../.cargo/stripe-double/src/stripe.js', 'utf8')

const quote = {
  __typename: 'CardQuote',
  fee: euro('1.00'),
  total: mask<ShownFragment>(euro('51.00')),
  isTest: true,
} as const

let loads = 0

afterEach(() => {
  vi.restoreAllMocks()
  Reflect.deleteProperty(window, 'Stripe')
})

/** The form of a payment whose status is this in the end; Stripe answers a confirmation so. */
function open(status: string, confirmed: Response, isReachable = true) {
  // Another address each time, because a script is loaded once.
  const scriptUrl = `https://stripe.example/${(loads++).toString()}/stripe.js`
  vi.spyOn(document.head, 'append').mockImplementation((script) => {
    const { onload, onerror } = script as HTMLScriptElement
    if (!isReachable) {
      onerror?.call(window, new Event('error'))
      return
    }
    const current = vi.spyOn(document, 'currentScript', 'get')
    current.mockReturnValue({ src: scriptUrl } as HTMLScriptElement)
    window.eval(SCRIPT)
    current.mockRestore()
    ;(onload as () => void)()
  })
  const started = {
    __typename: 'CardPayment',
    payment: { __typename: 'Payment', id: 'p' },
    clientSecret: 'pi_1_secret',
    publishableKey: 'pk_test_of_the_stand_in',
    scriptUrl,
  } as const
  const CardPaymentStatus = () => ({
    data: { payment: { __typename: 'Payment', id: 'p', status } },
  })
  const onClose = vi.fn()
  stage(<CardForm started={started} quote={quote} onClose={onClose} />, {
    at: '/groups/g/balances?dialog=payment',
    answers: { CardPaymentStatus },
  })
  const asked = vi.fn(() => Promise.resolve(confirmed))
  vi.stubGlobal('fetch', asked)
  return { asked, onClose }
}

async function pay(card: string): Promise<void> {
  await userEvent.type(await screen.findByLabelText('Card number'), card)
  await userEvent.click(screen.getByRole('button', { name: 'Pay €51.00' }))
}

const intent = (status: string) => Response.json({ id: 'pi_1', status })
const declined = () =>
  Response.json(
    { error: { type: 'card_error', message: 'Your card was declined.' } },
    { status: 402 },
  )

describe('CardForm', () => {
  it('charges the card at Stripe, and tells what became of it', async () => {
    const { asked, onClose } = open('PROCESSED', intent('succeeded'))
    await pay('4242 4242 4242 4242')
    expect(await screen.findByText('Paid')).toBeInTheDocument()
    const [[url, request]] = asked.mock.calls as unknown as [[string, { body: URLSearchParams }]]
    expect(url).toBe('https://stripe.example/v1/payment_intents/pi_1/confirm')
    expect(request.body.get('client_secret')).toBe('pi_1_secret')
    await userEvent.click(screen.getByRole('button', { name: 'Close' }))
    expect(onClose).toHaveBeenCalledOnce()
  })

  it('says why a card is declined, and takes another', async () => {
    open('PENDING', declined())
    await pay('4000 0000 0000 0002')
    expect(await screen.findByRole('alert')).toHaveTextContent('Your card was declined.')
    expect(screen.getByRole('button', { name: 'Pay €51.00' })).toBeEnabled()
  })

  it('waits for the bank', async () => {
    open('PENDING', intent('processing'))
    await pay('4000 0000 0000 0077')
    expect(await screen.findByText('Waiting for the bank…')).toBeInTheDocument()
  })

  it('says that the form of Stripe cannot be loaded', async () => {
    open('PENDING', declined(), false)
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The form of Stripe cannot be loaded. Check your connection and try again.',
    )
  })
})
