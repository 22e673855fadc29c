import { useApolloClient } from '@apollo/client/react'
import { plural } from '@lingui/core/macro'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import type { Refusal } from '../../api/refusal'
import { send } from '../../api/send'
import { useAction } from '../../api/useAction'
import type { ImportFormat } from '../../api/schema.generated'
import { newKey } from '../../lib/key'
import { useNotify } from '../../ui/Notices'
import { Groups } from '../groups'
import { ImportLedger, type ImportLedgerMutation } from './documents.generated'
import type { ChosenFile } from './file'
import { isPickedFrom } from './formats'
import { useProgress } from './useProgress'

/** How a file is to be read. */
export interface ImportSettings {
  format: ImportFormat
  groupName: string
  currency: string
  /** The name of the viewer in the file; empty for whoever is called as in Quits. */
  me: string
}

export type ImportOutcome = ImportLedgerMutation['importLedger']

interface Checked {
  busy: boolean
  outcome?: ImportOutcome | undefined
  refusal?: Refusal | undefined
}

/** Looks at a file, and takes it over. */
export function useImport() {
  const client = useApolloClient()
  const navigate = useNavigate()
  const notify = useNotify()
  const taking = useAction(ImportLedger)
  const { progress, follow, clear } = useProgress()
  const [checked, setChecked] = useState<Checked>({ busy: false })
  // One import of one choice: sent again it goes on where it was interrupted.
  const attempt = useRef<{ of: string; key: string }>(undefined)
  const finished = useRef<string>(undefined)
  const latest = useRef(0)

  const inputOf = (file: ChosenFile, settings: ImportSettings, idempotencyKey: string) => ({
    ...settings,
    groupName: settings.groupName.trim() || null,
    me: settings.me || null,
    contentBase64: file.base64,
    idempotencyKey,
  })

  async function check(file: ChosenFile, settings: ImportSettings): Promise<void> {
    const turn = ++latest.current
    setChecked({ busy: true })
    taking.clear()
    clear()
    const input = { ...inputOf(file, settings, newKey()), dryRun: true }
    const listed = isPickedFrom(settings.format)
    const { data, refusal } = await send(client, ImportLedger, { input, listed })
    // Of several questions only the answer to the last one counts.
    if (turn === latest.current) setChecked({ busy: false, outcome: data?.importLedger, refusal })
  }

  async function take(file: ChosenFile, settings: ImportSettings, lines?: number[]): Promise<void> {
    const of = JSON.stringify({ ...settings, lines, file: file.name })
    if (attempt.current?.of !== of) attempt.current = { of, key: newKey() }
    const { key } = attempt.current
    const expenses = lines?.length ?? checked.outcome?.expenses ?? 0
    // A long import outlives its request: whichever tells first that it is complete counts.
    follow(key, (groupId) => void finish(key, groupId, expenses))
    const input = { ...inputOf(file, settings, key), ...(lines ? { lines } : {}) }
    const data = await taking.run({ input, listed: false })
    const group = data?.importLedger.group
    if (group) await finish(key, group.id, data.importLedger.expenses)
  }

  async function finish(key: string, groupId: string, expenses: number): Promise<void> {
    if (finished.current === key) return
    finished.current = key
    await client.refetchQueries({ include: [Groups] })
    notify(plural(expenses, { one: '# expense imported', other: '# expenses imported' }))
    await navigate(`/groups/${groupId}`, { replace: true })
  }

  const goesOn = progress?.status === 'RUNNING' || progress?.status === 'COMPLETE'
  return {
    check,
    take,
    outcome: checked.outcome,
    checking: checked.busy,
    taking: taking.busy,
    progress,
    refusal: goesOn ? undefined : (taking.refusal ?? checked.refusal),
  }
}
