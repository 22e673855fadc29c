import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { abs, formatMoney, fromMinor, signOf, toMinor, type Money } from '../../lib/money'
import { listText } from '../../lib/i18n'
import { toneOf } from '../../ui/Amount'
import { Changing } from '../../ui/Changing'
import { classes } from '../../ui/classes'

/** "you owe", "you are owed": the direction in words, so that colour is only a second hint. */
function directionOf(money: Money): string {
  return signOf(money) < 0 ? t`you owe` : t`you are owed`
}

function bare(money: Money): string {
  return formatMoney(fromMinor(abs(toMinor(money)), money.currency))
}

/** The viewer's balances as one sentence. */
export function describeBalances(balances: Money[]): string {
  if (balances.length === 0) return t`you are quits`
  const sentences = balances.map((money) => {
    const amount = bare(money)
    return signOf(money) < 0 ? t`you owe ${amount}` : t`you are owed ${amount}`
  })
  return listText(sentences)
}

interface OwnBalanceProps {
  /** `null` when the balance is not known right now. */
  balances: Money[] | null
  /** In a rail, a row of a list, one line of a header, or as the first thing on a page. */
  size: 'rail' | 'row' | 'line' | 'hero'
}

/** What the viewer owes or is owed, one line per currency. */
export function OwnBalance({ balances, size }: OwnBalanceProps) {
  const hero = size === 'hero'
  const small = size === 'rail' || size === 'line'
  if (!balances) return <Unknown size={size} />
  if (balances.length === 0) {
    return (
      <span className={hero ? 'font-display text-3xl font-semibold' : 'text-sm text-faint'}>
        <Trans>quits</Trans>
      </span>
    )
  }
  return (
    <span
      className={classes(
        hero ? 'flex flex-wrap gap-x-8 gap-y-2' : 'grid shrink-0 justify-items-end',
      )}
    >
      {balances.map((money) => (
        <span
          key={money.currency}
          className={hero ? 'grid' : 'grid justify-items-end leading-tight'}
        >
          <span className={small ? 'sr-only' : hero ? 'text-sm text-muted' : 'text-xs text-muted'}>
            {directionOf(money)}{' '}
          </span>
          <Changing
            value={money.amount}
            className={classes(
              'tabular rounded-md font-semibold',
              toneOf(money),
              hero && 'justify-self-start font-display',
              // Several currencies share the space that one has to itself.
              hero && (balances.length > 1 ? 'text-2xl' : 'text-3xl'),
              size === 'rail' && 'text-xs',
              size === 'line' && 'text-sm',
            )}
          >
            {small ? formatMoney(money, { signed: true }) : bare(money)}
          </Changing>
        </span>
      ))}
    </span>
  )
}

/** A balance that cannot be had at the moment, which is not the same as none. */
function Unknown({ size }: Pick<OwnBalanceProps, 'size'>) {
  if (size === 'hero') {
    return (
      <p className="text-muted">
        <Trans>Your balance is not available right now.</Trans>
      </p>
    )
  }
  return (
    <span className="text-sm whitespace-nowrap text-faint" title={t`not available right now`}>
      {size === 'row' ? t`not available` : <span aria-label={t`not available`}>–</span>}
    </span>
  )
}
