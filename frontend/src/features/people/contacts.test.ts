import { describe, expect, it } from 'vitest'
import type { GroupSummaryFragment } from '../groups'
import { contactsOf } from './contacts'

const euro = (amount: string) => ({ amount, currency: 'EUR' })
const member = (id: string, name: string, user: string | null = name) => ({
  id,
  name,
  isGuest: user === null,
  state: 'ACTIVE' as const,
  user: user === null ? null : { id: user },
})
const transfer = (from: string, to: string, amount: string) => ({
  from: { id: from },
  to: { id: to },
  amount: euro(amount),
})

function group(
  id: string,
  members: GroupSummaryFragment['members'],
  transfers: ReturnType<typeof transfer>[] | null,
): GroupSummaryFragment {
  const settlement = transfers && { transfers, minimal: true, ledgerVersion: 1 }
  const viewerMember = { id: `${id}-ada` }
  return {
    id,
    name: id,
    kind: 'TRIP',
    currency: 'EUR',
    members,
    viewerMember,
    balances: [],
    settlement,
  }
}

const trip = group(
  'trip',
  [member('trip-ada', 'Ada'), member('trip-ben', 'Ben'), member('trip-mia', 'Mia', null)],
  [transfer('trip-ben', 'trip-ada', '50.00'), transfer('trip-mia', 'trip-ben', '5.00')],
)
const flat = group(
  'flat',
  [member('flat-ada', 'Ada'), member('flat-ben', 'Ben')],
  [transfer('flat-ada', 'flat-ben', '20.00')],
)

describe('contactsOf', () => {
  it('sums what is to be paid between two people over all groups they share', () => {
    const [ben] = contactsOf([trip, flat])
    expect(ben).toMatchObject({ id: 'Ben', name: 'Ben', balances: [euro('30.00')] })
    expect(ben?.shared.map(({ group: { id } }) => id)).toEqual(['trip', 'flat'])
  })

  it('knows guests by their membership, and lists who is quits last', () => {
    expect(contactsOf([trip]).map(({ id, balances }) => [id, balances])).toEqual([
      ['Ben', [euro('50.00')]],
      ['trip-mia', []],
    ])
  })

  it('lists friends with whom nothing is shared yet', () => {
    const friends = [
      { id: 'Noor', name: 'Noor' },
      { id: 'Ben', name: 'Ben' },
    ]
    expect(contactsOf([trip], friends)).toMatchObject([
      { id: 'Ben', isFriend: true, balances: [euro('50.00')] },
      { name: 'Mia', isFriend: false },
      { id: 'Noor', isFriend: true, shared: [], balances: [] },
    ])
  })

  it('never takes an unknown balance for zero', () => {
    const unknown = group('flat', flat.members, null)
    expect(contactsOf([trip, unknown])[0]).toMatchObject({ id: 'Ben', balances: null })
  })
})
