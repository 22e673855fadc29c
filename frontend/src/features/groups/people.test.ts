import { describe, expect, it } from 'vitest'
import { ownBalances, People } from './people'

const person = (id: string, name: string, state: 'ACTIVE' | 'LEFT' = 'ACTIVE') =>
  ({ __typename: 'Member', id, name, state, isGuest: false, role: 'MEMBER', user: null }) as const

const people = new People({
  members: [person('1', 'Ada'), person('2', 'Ben'), person('3', 'Cleo', 'LEFT')],
  viewerMember: { id: '2' },
})

describe('People', () => {
  it('lists the viewer first and leaves out of new things who has left', () => {
    expect(people.everyone.map(({ name }) => name)).toEqual(['Ben', 'Ada', 'Cleo'])
    expect(people.active.map(({ name }) => name)).toEqual(['Ben', 'Ada'])
  })

  it('speaks to the viewer as you', () => {
    expect([people.label('2'), people.inline('2'), people.label('3')]).toEqual([
      'You',
      'you',
      'Cleo',
    ])
    expect(people.label('gone')).toBe('Former member')
  })
})

describe('ownBalances', () => {
  const net = (id: string, amount: string, currency: string) => ({
    member: { id },
    net: { amount, currency },
  })

  it('keeps unknown apart from even', () => {
    expect(ownBalances(null, '1')).toBeNull()
    expect(ownBalances([net('1', '0.00', 'EUR')], '1')).toEqual([])
  })

  it('has one row per currency that is not even', () => {
    const balances = [net('1', '5.00', 'EUR'), net('2', '-5.00', 'EUR'), net('1', '-7', 'JPY')]
    expect(ownBalances(balances, '1')).toEqual([
      { amount: '5.00', currency: 'EUR' },
      { amount: '-7', currency: 'JPY' },
    ])
  })
})
