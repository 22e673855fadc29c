import { NavLink } from 'react-router'
import { classes } from '../../ui/classes'
import { KindIcon } from './kinds'
import { OwnBalance } from './OwnBalance'
import { ownBalances } from './people'
import { useGroups } from './useGroups'

/** The groups in the rail of a wide screen. */
export function GroupNav() {
  const { groups } = useGroups()
  return (
    <ul className="-mx-1 grid min-h-0 content-start gap-0.5 overflow-y-auto px-1 py-1">
      {groups?.map((group) => (
        <li key={group.id}>
          <NavLink
            to={`/groups/${group.id}`}
            className={({ isActive }) =>
              classes(
                'flex items-center gap-3 rounded-xl p-2 transition-colors',
                isActive ? 'bg-surface shadow-card' : 'hover:bg-hover',
              )
            }
          >
            <KindIcon kind={group.kind} small />
            <span className="min-w-0 grow truncate text-sm font-semibold">{group.name}</span>
            <OwnBalance balances={ownBalances(group.balances, group.viewerMember.id)} size="rail" />
          </NavLink>
        </li>
      ))}
    </ul>
  )
}
