import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useLocation } from 'react-router'
import { describe, expect, it } from 'vitest'
import { stage } from '../../test/answering'
import { SearchField } from '../../ui/SearchField'
import { useShortcuts } from './useShortcuts'

function Place() {
  useShortcuts()
  return <SearchField label="Search" value="" onChange={() => undefined} />
}

describe('the keys', () => {
  it.each([
    ['/people', '?dialog=add'],
    ['/groups/g/balances', '?dialog=expense'],
  ])('n adds at %s', async (at, search) => {
    const { router } = stage(<Place />, { at })
    await userEvent.keyboard('n')
    expect(router.state.location).toMatchObject({ pathname: at, search })
  })

  it('/ leads to the search, and nothing happens while somebody types', async () => {
    const { router } = stage(<Place />, { at: '/people' })
    await userEvent.keyboard('/')
    expect(screen.getByRole('searchbox', { name: 'Search' })).toHaveFocus()
    await userEvent.keyboard('n')
    expect(router.state.location.search).toBe('')
  })

  it('/ leads to all expenses where there is nothing to search, and into the search there', async () => {
    const Nothing = () => {
      useShortcuts()
      return <SearchedPage />
    }
    const SearchedPage = () =>
      useLocation().pathname === '/expenses' && (
        <SearchField label="Search" value="" onChange={() => undefined} />
      )
    stage(<Nothing />, { at: '/people' })
    await userEvent.keyboard('/')
    expect(screen.getByRole('searchbox', { name: 'Search' })).toHaveFocus()
  })
})
