import { describe, expect, it } from 'vitest'
import { filterInput, filterSearch, readFilter } from './filter'

const read = (search: string) => readFilter(new URLSearchParams(search))

describe('a filter in an address', () => {
  it('is written and read back', () => {
    const filter = {
      category: 'dining',
      member: 'ben',
      payer: 'ada',
      from: '2026-11-01',
      to: '2026-11-30',
      min: '5.00',
      max: '10.00',
      currency: 'EUR',
      deleted: 'yes',
      mine: 'yes',
    }
    expect(read(filterSearch(filter))).toEqual(filter)
    expect(filterSearch({})).toBe('')
    expect(filterSearch({ category: '' })).toBe('')
  })

  it('has no days that are none, and nothing else of the address', () => {
    expect(read('from=yesterday&to=2026-02-40&dialog=show&category=home')).toEqual({
      category: 'home',
    })
  })
})

describe('what the server is asked', () => {
  it('is nothing where nothing is chosen', () => {
    expect(filterInput({}, '')).toBeUndefined()
  })

  it('has the names of the API', () => {
    expect(filterInput(read('member=ben&payer=ada&min=5.00&deleted=yes&mine=yes'), 'beer')).toEqual(
      {
        memberId: 'ben',
        payerId: 'ada',
        minAmount: '5.00',
        includeDeleted: true,
        mine: true,
        text: 'beer',
      },
    )
  })
})
