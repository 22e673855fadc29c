import { BarRounded } from '@visx/shape'
import { formatMoney, toMinor, type Money } from '../../../lib/money'
import { classes } from '../../../ui/classes'
import { AMOUNT, ColumnMark, type ColumnFacts } from './ColumnMark'
import { Plot, type Scales } from './Plot'
import { highest, lengthOf } from './scale'

interface BalanceColumn extends ColumnFacts {
  net: Money
}

interface BalancesProps {
  name: string
  columns: readonly BalanceColumn[]
  currency: string
}

/** Balances over time: what is owed to somebody stands above the line, what they owe hangs below it. */
export function Balances({ name, columns, currency }: BalancesProps) {
  const nets = columns.map(({ net }) => toMinor(net))
  const labels = columns.map(({ label }) => label)
  const amounts = columns.map(({ net }) => formatMoney(net, { signed: true }))
  return (
    <Plot
      name={name}
      columns={columns}
      lowest={-highest(nets.map((net) => -net))}
      highest={highest(nets)}
      currency={currency}
    >
      {(scales) =>
        columns.map((column, index) => (
          <ColumnMark
            key={column.key}
            scales={scales}
            column={column}
            labelled={scales.shows(labels, index)}
            mark={
              <Balance
                scales={scales}
                column={column}
                amount={scales.fits(amounts) ? amounts[index] : undefined}
              />
            }
          />
        ))
      }
    </Plot>
  )
}

interface BalanceProps {
  scales: Scales
  column: BalanceColumn
  amount: string | undefined
}

function Balance({ scales: { x, y }, column: { key, net }, amount }: BalanceProps) {
  const owes = toMinor(net) < 0n
  const [line, end] = [y(0), y(lengthOf(toMinor(net)))]
  const left = x(key) ?? 0
  return (
    <>
      <BarRounded
        x={left}
        y={Math.min(line, end)}
        width={x.bandwidth()}
        height={Math.abs(end - line)}
        radius={6}
        top={!owes}
        bottom={owes}
        className={owes ? 'fill-minus-bar' : 'fill-plus-bar'}
      />
      {amount && (
        <text
          x={left + x.bandwidth() / 2}
          y={owes ? end + 14 : end - 6}
          textAnchor="middle"
          className={classes(AMOUNT, owes ? 'fill-minus' : 'fill-plus')}
        >
          {amount}
        </text>
      )}
    </>
  )
}
