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

const withBen = [{ user: { id: 'Ben' }, balances: [euro('30.00')] }]

describe('contactsOf', () => {
  it('knows what is open with a person over all groups, and which they share', () => {
    const [ben] = contactsOf([trip, flat], withBen)
    expect(ben).toMatchObject({ id: 'Ben', name: 'Ben', balances: [euro('30.00')] })
    expect(ben?.shared.map(({ group: { id } }) => id)).toEqual(['trip', 'flat'])
  })

  it('knows guests by their membership, and lists who is quits last', () => {
    const owing = group('trip', trip.members, [transfer('trip-ada', 'trip-mia', '5.00')])
    expect(contactsOf([owing], []).map(({ id, balances }) => [id, balances])).toEqual([
      ['trip-mia', [euro('-5.00')]],
      ['Ben', []],
    ])
  })

  it('lists friends with whom nothing is shared yet', () => {
    const friends = [
      { id: 'Noor', name: 'Noor' },
      { id: 'Ben', name: 'Ben' },
    ]
    expect(contactsOf([trip], withBen, friends)).toMatchObject([
      { id: 'Ben', isFriend: true, balances: [euro('30.00')] },
      { name: 'Mia', isFriend: false },
      { id: 'Noor', isFriend: true, shared: [], balances: [] },
    ])
  })

  it('lists somebody who has left as long as something is open', () => {
    const left = trip.members.map((each) =>
      each.name === 'Ben' ? { ...each, state: 'LEFT' as const } : each,
    )
    const quits = group('trip', left, [])
    expect(contactsOf([{ ...trip, members: left }], withBen)[0]).toMatchObject({ id: 'Ben' })
    expect(contactsOf([quits], []).map(({ name }) => name)).toEqual(['Mia'])
  })

  it('never takes an unknown balance for zero', () => {
    const unknown = group('trip', trip.members, null)
    expect(contactsOf([unknown], null)).toMatchObject([
      { id: 'Ben', balances: null },
      { name: 'Mia', balances: null },
    ])
  })
})
