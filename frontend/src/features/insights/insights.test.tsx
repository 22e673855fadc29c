import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { stage, type Answers } from '../../test/answering'
import { euro } from '../../test/expense'
import { contextOf } from '../../test/group'
import { GroupInsights } from './GroupInsights'
import { InsightsPlace } from './InsightsPlace'

const category = (name: string, amount: string, count: number) => ({
  __typename: 'CategoryTotal',
  category: name,
  total: euro(amount),
  count,
})
const month = (name: string, amount: string, byCategory: object[]) => ({
  __typename: 'MonthTotal',
  month: name,
  total: euro(amount),
  byCategory,
})

const common = {
  byCategory: [category('dining', '30.00', 2), category('home', '90.00', 1)],
  byMonth: [
    month('2026-10', '20.00', [category('dining', '20.00', 1)]),
    month('2026-11', '100.00', [category('home', '90.00', 1), category('dining', '10.00', 1)]),
  ],
  total: [euro('120.00')],
}

function showGroup(answers: Answers = {}, expensesVersion: number | null = 7) {
  const byMember = {
    __typename: 'MemberTotal',
    member: { __typename: 'Member', id: 'ben' },
    paid: euro('120.00'),
    share: euro('60.00'),
  }
  const report = { __typename: 'GroupReport', ...common, byMember: [byMember], upToVersion: 7 }
  const group = { __typename: 'Group', id: 'g', expensesVersion, report }
  return stage(<GroupInsights />, {
    answers: { GroupReport: () => ({ data: { group } }), ...answers },
    context: contextOf(),
  })
}

describe('the report of a group', () => {
  it('leads from each mark to the expenses behind it', async () => {
    showGroup()
    const address = async (name: RegExp | string) =>
      (await screen.findByRole('link', { name })).getAttribute('href')
    expect(await address(/^Eating out/)).toBe('/groups/g?category=dining')
    expect(await address(/^November 2026:/)).toBe('/groups/g?from=2026-11-01&to=2026-11-30')
    expect(await address('Ben')).toBe('/groups/g?member=ben')
    expect(await address('€120.00')).toBe('/groups/g?payer=ben')
    expect(await address('€60.00')).toBe('/groups/g?member=ben')
  })

  it.each([
    [7, 'Counted up to change 7. Nothing is missing.'],
    [8, 'Counted up to change 7. 1 change is not counted yet.'],
    [10, 'Counted up to change 7. 3 changes are not counted yet.'],
  ])('says how far it is behind %i changes', async (version, words) => {
    showGroup({}, version)
    expect(await screen.findByText(/Counted up to/)).toHaveTextContent(words)
  })

  it('says nothing of that while it is not known', async () => {
    showGroup({}, null)
    await screen.findByRole('link', { name: /^Eating out/ })
    expect(screen.queryByText(/Counted up to/)).not.toBeInTheDocument()
  })

  it('has room for budgets before there are expenses', async () => {
    const report = {
      ...{ __typename: 'GroupReport', byCategory: [], byMonth: [], byMember: [] },
      ...{ total: [], upToVersion: 0 },
    }
    const budgets = { data: { group: { __typename: 'Group', id: 'g', budgets: [] } } }
    showGroup({
      GroupReport: () => ({
        data: { group: { __typename: 'Group', id: 'g', expensesVersion: 0, report } },
      }),
      GroupBudgets: () => budgets,
    })
    expect(await screen.findByRole('button', { name: 'Set a budget' })).toBeInTheDocument()
    expect(screen.getByText('Nothing to report yet')).toBeInTheDocument()
    expect(screen.queryByText('Take it along')).not.toBeInTheDocument()
  })

  it('has the numbers of each picture as a table', async () => {
    showGroup()
    const rows = async (name: string) =>
      within(await screen.findByRole('table', { name }))
        .getAllByRole('row')
        .slice(1)
        .map(({ textContent }) => textContent)
    expect(await rows('Spending by category')).toEqual(['Home€90.001', 'Eating out€30.002'])
    expect(await rows('Spending by month')).toEqual([
      'October 2026€20.00€0.00€20.00',
      'November 2026€100.00€90.00€10.00',
    ])
  })

  it('tells more of a mark that the keyboard is on, and opens it with Enter', async () => {
    const { router } = showGroup()
    await screen.findByRole('link', { name: /^Home/ })
    screen.getByRole('button', { name: 'As a table' }).focus()
    await userEvent.tab()
    expect(await screen.findByRole('tooltip')).toHaveTextContent('75.0% of all · 1 expense')
    await userEvent.keyboard('{Enter}')
    expect(router.state.location.search).toBe('?category=home')
  })
})

describe('the columns of a report', () => {
  const table = async (name: string) =>
    within(await screen.findByRole('table', { name }))
      .getAllByRole('row')
      // Intl writes thin spaces.
      .map(({ textContent }) => textContent.replace(/\s/g, ' '))

  it('tell each month by category, in the picture, the tooltip and the table', async () => {
    showGroup()
    const legend = await screen.findByRole('list', { name: 'Colours' })
    expect(
      within(legend)
        .getAllByRole('listitem')
        .map((each) => each.textContent),
    ).toEqual(['Home', 'Eating out'])
    expect(await table('Spending by month')).toEqual([
      'MonthSpentHomeEating out',
      'October 2026€20.00€0.00€20.00',
      'November 2026€100.00€90.00€10.00',
    ])
    screen.getByRole('link', { name: /^October 2026:/ }).focus()
    await userEvent.keyboard('{Tab}')
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'November 2026: €100.00Home €90.00Eating out €10.00',
    )
  })

  it('lead to the expenses of a month and category from each part', async () => {
    const { router } = showGroup()
    expect(
      await screen.findByRole('link', { name: 'November 2026, Home: €90.00' }),
    ).toHaveAttribute('href', '/groups/g?category=home&from=2026-11-01&to=2026-11-30')
    expect(screen.getByRole('link', { name: 'October 2026, Eating out: €20.00' })).toHaveAttribute(
      'href',
      '/groups/g?category=dining&from=2026-10-01&to=2026-10-31',
    )
    // What was not spent is no part.
    expect(screen.queryByRole('link', { name: /^October 2026, Home/ })).not.toBeInTheDocument()
    await userEvent.click(screen.getByRole('link', { name: /^November 2026, Home/ }))
    expect(router.state.location.search).toBe('?category=home&from=2026-11-01&to=2026-11-30')
  })

  it('are gone through with the arrow keys, and their parts as well', async () => {
    showGroup()
    const link = (name: string) => screen.findByRole('link', { name })
    const october = await link('October 2026: €20.00')
    october.focus()
    await userEvent.keyboard('{ArrowRight}')
    expect(await link('November 2026: €100.00')).toHaveFocus()
    await userEvent.keyboard('{ArrowUp}')
    expect(await link('November 2026, Home: €90.00')).toHaveFocus()
    await userEvent.keyboard('{ArrowUp}')
    expect(await link('November 2026, Eating out: €10.00')).toHaveFocus()
    expect(await screen.findByRole('tooltip')).toHaveTextContent('November 2026Eating out €10.00')
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    expect(await link('November 2026: €100.00')).toHaveFocus()
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}')
    expect(october).toHaveFocus()
  })

  it('stand by their size, and a refund has none', async () => {
    const refund = month('2026-11', '60.00', [
      category('home', '80.00', 1),
      category('dining', '-20.00', 1),
    ])
    const report = {
      ...{ __typename: 'GroupReport', ...common, byMember: [], upToVersion: 7 },
      byMonth: [month('2026-10', '40.00', [category('dining', '40.00', 1)]), refund],
    }
    const group = { __typename: 'Group', id: 'g', expensesVersion: 7, report }
    showGroup({ GroupReport: () => ({ data: { group } }) })
    const height = async (name: string) => {
      const path = (await screen.findByRole('link', { name })).querySelector('path')
      const [, straight = ''] = /v(\d+)/.exec(path?.getAttribute('d') ?? '') ?? []
      // Above and below the straight side, there are six pixels for corners.
      return Number.parseInt(straight, 10) + 2 * 6
    }
    const october = await height('October 2026, Eating out: €40.00')
    expect(october).toBeGreaterThan(50)
    expect(await height('November 2026, Home: €80.00')).toBe(2 * october)
    expect(
      screen.queryByRole('link', { name: /^November 2026, Eating out/ }),
    ).not.toBeInTheDocument()
  })

  it('are told as a table to whoever wants to see it', async () => {
    showGroup()
    const numbers = await screen.findByRole('table', { name: 'Spending by month' })
    expect(numbers.parentElement).toHaveClass('sr-only')
    const choice = screen.getByRole('button', { name: 'As a table' })
    expect(within(numbers).queryByRole('link')).not.toBeInTheDocument()
    await userEvent.click(choice)
    expect(within(numbers).getByRole('link', { name: 'October 2026' })).toHaveAttribute(
      'href',
      '/groups/g?from=2026-10-01&to=2026-10-31',
    )
    expect(choice).toHaveAttribute('aria-pressed', 'true')
    expect(numbers.parentElement).not.toHaveClass('sr-only')
  })

  it('are weeks where that is chosen, each leading to its expenses', async () => {
    const week = (monday: string, amount: string) => ({
      __typename: 'WeekTotal',
      week: monday,
      total: euro(amount),
    })
    vi.useFakeTimers({ now: new Date(2026, 10, 28), toFake: ['Date'] })
    const GroupWeeks = vi.fn(() => ({
      data: {
        group: {
          __typename: 'Group',
          id: 'g',
          weeks: [week('2026-11-16', '0.00'), week('2026-11-23', '30.00')],
        },
      },
    }))
    showGroup({ GroupWeeks })
    await userEvent.click(await screen.findByRole('radio', { name: 'Weeks' }))
    expect((await table('Spending by week')).slice(1)).toEqual([
      'Nov 16 – 22, 2026€0.00',
      'Nov 23 – 29, 2026€30.00',
    ])
    expect(GroupWeeks).toHaveBeenCalledExactlyOnceWith({
      id: 'g',
      from: '2025-11-29',
      to: '2026-11-28',
    })
    expect(screen.getByRole('link', { name: /Nov 23\s–\s29/ })).toHaveAttribute(
      'href',
      '/groups/g?from=2026-11-23&to=2026-11-29',
    )
    vi.useRealTimers()
  })

  it('show my balance at the ends of the months, from the first one on', async () => {
    vi.useFakeTimers({ now: new Date(2026, 10, 28), toFake: ['Date'] })
    const then = (id: string, amount: string) => ({
      __typename: 'Balance',
      member: { __typename: 'Member', id },
      net: euro(amount),
    })
    const empty = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`m${at + 1}`, []]))
    const GroupBalances = vi.fn(() => ({
      data: {
        group: {
          __typename: 'Group',
          id: 'g',
          ...empty,
          m11: [then('ada', '15.00'), then('ben', '-15.00')],
          m12: [then('ada', '-5.00'), then('ben', '5.00')],
        },
      },
    }))
    showGroup({ GroupBalances })
    expect(await table('Your balance at the end of each month')).toEqual([
      'MonthBalance',
      'October 2026+€15.00',
      'November 2026−€5.00',
    ])
    const end = new Date(2026, 11, 1).toISOString()
    expect(GroupBalances).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ at12: end }))
    vi.useRealTimers()
  })
})

it('compares my year with the same days of the year before', async () => {
  const OwnReport = vi.fn(({ compared }: Record<string, unknown>) => ({
    data: {
      me: {
        __typename: 'User',
        id: 'ada',
        defaultCurrency: 'EUR',
        report: { __typename: 'SpendingReport', ...common, byGroup: [] },
        ...(compared
          ? { before: { __typename: 'SpendingReport', total: [euro('100.00')] } }
          : undefined),
      },
    },
  }))
  vi.useFakeTimers({ now: new Date(2026, 10, 28), toFake: ['Date'] })
  stage(<InsightsPlace />, { answers: { OwnReport } })
  expect(await screen.findByText(/more than in/)).toHaveTextContent(
    /^€20\.00 more than in Jan 1 – Nov 28, 2025$/,
  )
  expect(OwnReport).toHaveBeenLastCalledWith({
    from: '2026-01-01',
    beforeFrom: '2025-01-01',
    beforeTo: '2025-11-28',
    compared: true,
  })
  expect(screen.getByRole('link', { name: /^Eating out/ })).toHaveAttribute(
    'href',
    '/expenses?category=dining&from=2026-01-01&mine=yes',
  )
  await userEvent.click(screen.getByRole('radio', { name: 'All time' }))
  expect(OwnReport).toHaveBeenLastCalledWith({ compared: false })
  vi.useRealTimers()
})

it('leads from each group to my expenses in it', async () => {
  const group = {
    ...{ __typename: 'Group', id: 'flat', name: 'Flat', kind: 'HOME', members: [] },
    viewerMember: { __typename: 'Member', id: 'ada' },
  }
  const report = {
    ...{ __typename: 'SpendingReport', ...common },
    byGroup: [{ __typename: 'GroupTotal', group, total: euro('90.00') }],
  }
  const me = { __typename: 'User', id: 'ada', defaultCurrency: 'EUR', report, before: null }
  vi.useFakeTimers({ now: new Date(2026, 10, 28), toFake: ['Date'] })
  stage(<InsightsPlace />, { answers: { OwnReport: () => ({ data: { me } }) } })
  const flat = await screen.findByRole('link', { name: /^Flat/ })
  expect(flat).toHaveAttribute('href', '/groups/flat?from=2026-01-01&mine=yes')
  flat.focus()
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}{Tab}')
  expect(await screen.findByRole('tooltip')).toHaveTextContent('75.0% of all')
  vi.useRealTimers()
})

it('has room for my budgets in a month without expenses', async () => {
  const me = { __typename: 'User', id: 'ada' }
  const empty = { byCategory: [], byMonth: [], byGroup: [], total: [] }
  const report = { __typename: 'SpendingReport', ...empty }
  stage(<InsightsPlace />, {
    answers: {
      OwnReport: () => ({ data: { me: { ...me, defaultCurrency: 'EUR', report, before: null } } }),
      OwnBudgets: () => ({ data: { me: { ...me, budgets: [] } } }),
    },
  })
  expect(await screen.findByRole('button', { name: 'Set a budget' })).toBeInTheDocument()
  expect(screen.getByText('Nothing to report yet')).toBeInTheDocument()
})

describe('my spending in several currencies', () => {
  const dollar = (amount: string) => ({ ...euro(amount), currency: 'USD' })
  const show = (total: object[], before: object[], exchangeRate: object | null = null) => {
    const RateToday = vi.fn(() => ({ data: { exchangeRate } }))
    const report = { __typename: 'SpendingReport', ...common, byGroup: [], total }
    const me = {
      ...{ __typename: 'User', id: 'ada', defaultCurrency: 'EUR', report },
      before: { __typename: 'SpendingReport', total: before },
    }
    stage(<InsightsPlace />, { answers: { OwnReport: () => ({ data: { me } }), RateToday } })
    return RateToday
  }
  const rate = { __typename: 'ExchangeRate', rate: '0.9', day: '2026-11-20' }
  const altogether = () => screen.findByRole('region', { name: 'Altogether in EUR' })

  it('is one amount as well, and is compared as one', async () => {
    const RateToday = show([euro('120.00'), dollar('100.00')], [dollar('200.00')], rate)
    const region = await altogether()
    expect(RateToday).toHaveBeenCalledExactlyOnceWith({ from: 'USD', to: 'EUR' })
    expect(region).toHaveTextContent('≈ €210.00')
    expect(region).toHaveTextContent(/€30\.00 more than in/)
    expect(region).toHaveTextContent('At the reference rates of Nov 20')
  })

  it('is in my currency also where nothing of it is', async () => {
    show([dollar('100.00')], [], rate)
    expect(await altogether()).toHaveTextContent('≈ €90.00')
  })

  it('stays as it is without rates, and where there is one currency only', async () => {
    const RateToday = show([euro('120.00'), dollar('100.00')], [])
    await vi.waitFor(() => {
      expect(RateToday).toHaveBeenCalledOnce()
    })
    expect(screen.queryByRole('region', { name: 'Altogether in EUR' })).not.toBeInTheDocument()
    expect(show([euro('120.00')], [])).not.toHaveBeenCalled()
  })
})
