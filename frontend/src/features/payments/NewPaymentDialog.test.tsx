import { fireEvent, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../test/answering'
import { euro } from '../../test/expense'
import { contextOf, lisbon } from '../../test/group'
import { NewPaymentDialog } from './NewPaymentDialog'

const at = '/?dialog=payment&from=ben&to=ada&amount=50.00&currency=EUR'
const submit = () => userEvent.click(screen.getByRole('button', { name: 'Record payment' }))

describe('NewPaymentDialog', () => {
  it('books a proposed transfer with one tap', async () => {
    const group = lisbon({ ledgerVersion: 8 })
    const RecordPayment = vi.fn(() => ({
      data: { recordPayment: { __typename: 'Payment', id: 'p', group } },
    }))
    stage(<NewPaymentDialog {...contextOf()} />, { at, answers: { RecordPayment } })
    await submit()
    expect(RecordPayment).toHaveBeenCalledExactlyOnceWith({
      input: expect.objectContaining({
        fromMemberId: 'ben',
        toMemberId: 'ada',
        amount: { amount: '50.00', currency: 'EUR' },
        idempotencyKey: expect.any(String) as unknown,
      }) as unknown,
    })
    expect(await screen.findByText('Payment recorded')).toBeInTheDocument()
  })

  it('records another day, another way and a note', async () => {
    const RecordPayment = vi.fn(() => ({
      data: { recordPayment: { __typename: 'Payment', id: 'p', group: lisbon() } },
    }))
    stage(<NewPaymentDialog {...contextOf()} />, { at, answers: { RecordPayment } })
    await userEvent.selectOptions(screen.getByLabelText('How'), 'Bank transfer')
    fireEvent.change(screen.getByLabelText('Date'), { target: { value: '2026-10-01' } })
    await userEvent.type(screen.getByLabelText(/^Note/), 'for the hut')
    await submit()
    expect(RecordPayment).toHaveBeenCalledExactlyOnceWith({
      input: expect.objectContaining({
        method: 'BANK_TRANSFER',
        date: '2026-10-01',
        note: 'for the hut',
      }) as unknown,
    })
  })

  it('says what a payment in another currency settles', async () => {
    const group = lisbon({ ledgerVersion: 8 })
    const RecordPayment = vi.fn(() => ({
      data: { recordPayment: { __typename: 'Payment', id: 'p', group } },
    }))
    stage(<NewPaymentDialog {...contextOf()} />, { at, answers: { RecordPayment } })
    expect(screen.queryByRole('button', { name: /settles a debt/ })).not.toBeInTheDocument()
    await userEvent.selectOptions(screen.getByLabelText('Currency'), 'USD')
    await userEvent.clear(screen.getByLabelText('Amount'))
    await userEvent.type(screen.getByLabelText('Amount'), '54')
    await userEvent.click(screen.getByRole('button', { name: 'It settles a debt in EUR' }))
    await submit()
    expect(await screen.findByText('Enter an amount.')).toBeInTheDocument()
    await userEvent.type(screen.getByLabelText('Settles'), '50')
    await submit()
    expect(RecordPayment).toHaveBeenCalledExactlyOnceWith({
      input: expect.objectContaining({
        amount: { amount: '54.00', currency: 'USD' },
        settles: { amount: '50.00', currency: 'EUR' },
      }) as unknown,
    })
  })

  it('shows a refusal at its field', async () => {
    const RecordPayment = () => refusal('VALIDATION', 'Not a member.', 'input.toMemberId')
    stage(<NewPaymentDialog {...contextOf()} />, { at, answers: { RecordPayment } })
    await submit()
    expect(await screen.findByText('Not a member.')).toBeInTheDocument()
    expect(screen.getByLabelText('Who received it')).toHaveAccessibleDescription('Not a member.')
  })
})

describe('NewPaymentDialog of whoever is to pay', () => {
  const group = { ...lisbon(), viewerMember: { __typename: 'Member', id: 'ben' } as const }
  const bank = {
    __typename: 'PayOption',
    kind: 'IBAN',
    label: 'DE89 3704 0044 0532 0130 00',
    holder: 'Ada Lovelace',
    link: null,
    qr: 'BCD\n002\n1\nSCT\n\nAda Lovelace\nDE89370400440532013000\nEUR50.00\n\n\nLisbon',
  }
  const paypal = {
    ...bank,
    kind: 'PAYPAL',
    label: 'paypal.me/ada',
    holder: null,
    link: 'https://paypal.me/ada/50.00EUR',
    qr: null,
  }

  const uri = 'upi://pay?pa=ada@okbank&pn=Ada&am=50.00&cu=INR'
  const upi = { ...paypal, kind: 'UPI', label: 'ada@okbank', holder: 'Ada', link: uri, qr: uri }

  /** A server that knows these ways to pay Ada. */
  function open(
    payOptions: (typeof bank | typeof paypal | typeof upi)[],
    answers: Answers = {},
    currency = 'EUR',
  ) {
    const transfer = {
      __typename: 'Transfer',
      from: { __typename: 'Member', id: 'ben' },
      to: { __typename: 'Member', id: 'ada' },
      amount: { ...euro('50.00'), currency },
      payOptions,
    }
    const settlement = { __typename: 'Settlement', transfers: [transfer] }
    const PayableTransfers = () => ({
      data: { group: { __typename: 'Group', id: 'g', settlement } },
    })
    return stage(<NewPaymentDialog {...contextOf(group)} />, {
      at: at.replace('EUR', currency),
      answers: { PayableTransfers, ...answers },
    })
  }

  it('shows how to pay, and records what was paid by bank', async () => {
    const RecordPayment = vi.fn(() => ({
      data: { recordPayment: { __typename: 'Payment', id: 'p', group } },
    }))
    open([bank], { RecordPayment })
    expect(await screen.findByTitle('Scan to pay')).toBeInTheDocument()
    expect(screen.getByText('DE89 3704 0044 0532 0130 00')).toBeInTheDocument()
    await userEvent.click(screen.getByRole('button', { name: 'I have paid' }))
    expect(RecordPayment).toHaveBeenCalledExactlyOnceWith({
      input: expect.objectContaining({
        fromMemberId: 'ben',
        toMemberId: 'ada',
        amount: { amount: '50.00', currency: 'EUR' },
        method: 'BANK_TRANSFER',
      }) as unknown,
    })
    expect(await screen.findByText('Recorded. Ada is asked to confirm it.')).toBeInTheDocument()
  })

  it('leads to the page of a receiver, with the amount filled in', async () => {
    open([bank, paypal])
    await userEvent.click(await screen.findByRole('radio', { name: 'PayPal' }))
    const link = screen.getByRole('link', { name: 'paypal.me/ada' })
    expect(link).toHaveAttribute('href', 'https://paypal.me/ada/50.00EUR')
    expect(link).toHaveAttribute('rel', 'noopener noreferrer')
    expect(screen.getByText('The amount is filled in.')).toBeInTheDocument()
    expect(screen.queryByTitle('Scan to pay')).not.toBeInTheDocument()
  })

  it('opens an app of UPI, with the amount filled in', async () => {
    const RecordPayment = vi.fn(() => ({
      data: { recordPayment: { __typename: 'Payment', id: 'p', group } },
    }))
    open([upi], { RecordPayment }, 'INR')
    expect(await screen.findByTitle('Scan to pay')).toBeInTheDocument()
    expect(screen.getByText('Scan it with a UPI app.')).toBeInTheDocument()
    expect(screen.getByRole('link', { name: 'Open in a UPI app' })).toHaveAttribute('href', uri)
    expect(screen.getByText('The amount is filled in.')).toBeInTheDocument()
    await userEvent.click(screen.getByRole('button', { name: 'I have paid' }))
    expect(RecordPayment).toHaveBeenCalledExactlyOnceWith({
      input: expect.objectContaining({
        amount: { amount: '50.00', currency: 'INR' },
        method: 'BANK_TRANSFER',
      }) as unknown,
    })
  })

  it('records another amount or way by hand', async () => {
    open([bank])
    await userEvent.click(await screen.findByRole('button', { name: 'Another amount or way' }))
    expect(screen.getByLabelText('Amount')).toHaveValue('50.00')
    expect(screen.getByRole('button', { name: 'Record payment' })).toBeInTheDocument()
  })

  it('shows how to pay for a household', async () => {
    const PayableTransfers = vi.fn(() => ({
      data: { group: { __typename: 'Group', id: 'g', settlement: null } },
    }))
    const household = `${at}&household=1`
    stage(<NewPaymentDialog {...contextOf(group)} />, {
      at: household,
      answers: { PayableTransfers },
    })
    expect(await screen.findByRole('button', { name: 'Record payment' })).toBeInTheDocument()
    expect(PayableTransfers).toHaveBeenCalledExactlyOnceWith({ id: 'g', perHousehold: true })
  })

  it('records by hand when the receiver has named no way', async () => {
    open([])
    expect(await screen.findByRole('button', { name: 'Record payment' })).toBeInTheDocument()
    expect(screen.queryByRole('button', { name: 'I have paid' })).not.toBeInTheDocument()
  })
})
