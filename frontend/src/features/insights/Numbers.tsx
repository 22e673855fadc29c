import { Trans } from '@lingui/react/macro'
import { Table } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { Button } from '../../ui/Button'
import { classes } from '../../ui/classes'

interface Row {
  name: string
  numbers: readonly string[]
  /** Where the expenses behind it are listed. */
  to?: string
}

interface NumbersProps {
  caption: string
  head: readonly string[]
  rows: readonly Row[]
  /** Whether the picture itself does not tell them all: then everybody may see them, and paper has them. */
  choice?: boolean
}

const NAME = 'block py-3 whitespace-nowrap print:py-2 print:whitespace-normal'

/** What a picture shows as a table, for readers of screens in any case. */
export function Numbers({ caption, head, rows, choice = false }: NumbersProps) {
  const [shown, setShown] = useState(false)
  return (
    <>
      {choice && (
        <div data-only-screen className="mt-2 -ml-3">
          <Button
            look="quiet"
            size="small"
            icon={<Table size={16} aria-hidden="true" />}
            aria-pressed={shown}
            onClick={() => {
              setShown(!shown)
            }}
          >
            <Trans>As a table</Trans>
          </Button>
        </div>
      )}
      {/* A table is as wide as what is in it, whatever it is told: something around it has to clip it. */}
      <div
        className={classes(
          shown ? 'overflow-x-auto print:overflow-visible' : 'sr-only',
          choice && 'print:not-sr-only',
        )}
      >
        <table className="mt-2 w-full text-right text-sm print:text-xs">
          <caption className="sr-only">{caption}</caption>
          <thead className="text-muted">
            <tr className="border-b border-line">
              {head.map((name) => (
                <th key={name} className="py-2 pl-3 font-normal first:pl-0 first:text-left">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, numbers, to }) => (
              <tr key={name} className="break-inside-avoid border-b border-line last:border-0">
                <th scope="row" className="text-left font-semibold">
                  {/* Where it is not seen, nobody should get into it by keyboard. */}
                  {shown && to ? (
                    <Link to={to} className={classes(NAME, 'hover:underline')}>
                      {name}
                    </Link>
                  ) : (
                    <span className={NAME}>{name}</span>
                  )}
                </th>
                {numbers.map((number, index) => (
                  <td key={head[index + 1]} className="tabular py-2 pl-3 whitespace-nowrap">
                    {number}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
