import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ArrowUp, Trash2 } from 'lucide-react'
import { unmask } from '../../../api/fragments'
import { readRefusal } from '../../../api/refusal'
import { IconButton } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { Page } from '../../../ui/Page'
import { Failure, SkeletonRows } from '../../../ui/states'
import { Payouts } from '../card/Payouts'
import { PayHandles, type OwnPayHandlesFragment } from './documents.generated'
import { HandleForm } from './HandleForm'
import { KINDS } from './kinds'
import { useSaveHandles } from './useSaveHandles'

type Handle = OwnPayHandlesFragment['payHandles'][number]

// As subgraphs/users/src/pay_handle, which refuses more.
const MOST = 10

/** How the viewer can be paid outside of Quits, in order of preference. */
export function HandlesPage() {
  const { data, error, refetch } = useQuery(PayHandles)
  const handles = data && unmask<OwnPayHandlesFragment>(data.me).payHandles
  return (
    <Page title={t`How you get paid`} back={{ to: '/settings', label: t`Back to You` }}>
      <p className="text-muted">
        <Trans>
          Whoever owes you something sees this when they settle up, with the amount filled in.
          Nobody else does.
        </Trans>
      </p>
      {!handles && !error && <SkeletonRows rows={2} label={t`Loading how you get paid`} />}
      {!handles && error && (
        <Failure onRetry={() => void refetch()}>{readRefusal(error).message}</Failure>
      )}
      {handles && handles.length > 0 && <HandleList handles={handles} />}
      {handles && handles.length < MOST && <HandleForm handles={handles} />}
      <Payouts />
    </Page>
  )
}

/** The saved ways; each change of them is saved at once. */
function HandleList({ handles }: { handles: readonly Handle[] }) {
  const notify = useNotify()
  const { save, busy, refusal } = useSaveHandles()

  async function change(changed: readonly Handle[], done: string) {
    if (await save(changed)) notify(done)
  }

  return (
    <section aria-label={t`Your ways to be paid`} className="grid gap-2">
      <FormError>{refusal?.message}</FormError>
      <ul className="card divide-y divide-line">
        {handles.map((handle, index) => (
          <HandleRow
            key={`${handle.kind} ${handle.value}`}
            handle={handle}
            busy={busy}
            onPrefer={index > 0 ? () => void change(raised(handles, index), t`Saved`) : undefined}
            onRemove={() => void change(handles.toSpliced(index, 1), t`Removed`)}
          />
        ))}
      </ul>
    </section>
  )
}

/** The list with one entry moved up by one place. */
function raised(handles: readonly Handle[], index: number): Handle[] {
  const [moved] = handles.slice(index, index + 1)
  return moved ? handles.toSpliced(index, 1).toSpliced(index - 1, 0, moved) : [...handles]
}

interface HandleRowProps {
  handle: Handle
  busy: boolean
  /** Nothing for the first one, which is preferred already. */
  onPrefer: (() => void) | undefined
  onRemove: () => void
}

function HandleRow({ handle: { kind, value, holder }, busy, onPrefer, onRemove }: HandleRowProps) {
  const { label, icon: Icon } = KINDS[kind]
  const name = t(label)
  return (
    <li className="flex min-h-16 items-center gap-3 py-2 pr-1.5 pl-4">
      <Icon size={20} className="shrink-0 text-brand" aria-hidden="true" />
      <div className="min-w-0 grow">
        <p className="font-semibold">{name}</p>
        <p className="text-sm wrap-anywhere text-muted">
          <bdi>{value}</bdi>
          {holder && (
            <>
              {' · '}
              <bdi>{holder}</bdi>
            </>
          )}
        </p>
      </div>
      {onPrefer && (
        <IconButton label={t`Prefer ${name}`} disabled={busy} onClick={onPrefer}>
          <ArrowUp size={18} aria-hidden="true" />
        </IconButton>
      )}
      <IconButton label={t`Remove ${name}`} disabled={busy} onClick={onRemove}>
        <Trash2 size={18} aria-hidden="true" />
      </IconButton>
    </li>
  )
}
