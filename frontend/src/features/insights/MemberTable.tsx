import { Trans } from '@lingui/react/macro'
import { Link } from 'react-router'
import type { Money } from '../../lib/money'
import { Amount } from '../../ui/Amount'
import { useGroup } from '../groups'
import { Bar } from './charts/Bar'
import { largest } from './charts/scale'
import type { GroupReportQuery } from './documents.generated'
import type { DrillDown } from './drillDown'

type MemberRow = NonNullable<NonNullable<GroupReportQuery['group']>['report']>['byMember'][number]

interface MemberTableProps {
  rows: readonly MemberRow[]
  list: DrillDown
}

const MARK = 'block rounded-lg py-3 outline-offset-4 hover:underline'

/** Who paid and who had a share, as numbers and as bars; they lead to the expenses that make them. */
export function MemberTable({ rows, list }: MemberTableProps) {
  const { people } = useGroup()
  const whole = largest(rows.flatMap(({ paid, share }) => [paid, share]))
  return (
    <section className="card min-w-0 p-4">
      <h2 className="mb-2 text-lg">
        <Trans>By member</Trans>
      </h2>
      <table className="w-full text-sm">
        <thead className="text-left text-muted">
          <tr className="border-b border-line">
            <th className="py-2 font-normal">
              <Trans>Member</Trans>
            </th>
            <th className="py-2 text-right font-normal">
              <Trans>Paid</Trans>
            </th>
            <th className="py-2 text-right font-normal">
              <Trans>Own share</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ member, paid, share }) => (
            <tr key={member.id} className="border-b border-line last:border-0">
              <th scope="row" className="text-left font-semibold">
                <Link to={list({ member: member.id })} className={MARK}>
                  {people.label(member.id)}
                </Link>
              </th>
              <Part to={list({ payer: member.id })} part={paid} whole={whole} />
              <Part to={list({ member: member.id })} part={share} whole={whole} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** An amount with a bar, by which all of them can be compared. */
function Part({ to, part, whole }: { to: string; part: Money; whole: bigint }) {
  return (
    <td className="w-1/3 pl-4 text-right">
      <Link to={to} className={MARK}>
        <Amount money={part} className="mb-1.5 block" />
        <Bar part={part} whole={whole} />
      </Link>
    </td>
  )
}
