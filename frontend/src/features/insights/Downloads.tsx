import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { FileText, Sheet } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { unmask, type Masked } from '../../api/fragments'
import { useDownload } from '../../api/useDownload'
import { formatMonth } from '../../lib/dates'
import { currentLocale } from '../../lib/i18n'
import { Button } from '../../ui/Button'
import { FormError, SelectField } from '../../ui/Field'
import { GroupStatement, ReportFile, type MonthRowFragment } from './documents.generated'

interface GroupDownloadsProps {
  groupId: string
  byMonth: readonly Masked<MonthRowFragment>[]
}

/** The report of a group as a table, and what it spent in a month as a statement to print. */
export function GroupDownloads({ groupId, byMonth }: GroupDownloadsProps) {
  const months = [
    ...new Set(unmask<MonthRowFragment>([...byMonth]).map(({ month }) => month)),
  ].reverse()
  const [chosen, setChosen] = useState<string>()
  const month = chosen ?? months[0]
  const statement = useDownload(GroupStatement, ({ groupStatement: file }) => ({
    ...file,
    content: bytesOf(file.contentBase64),
  }))
  return (
    <Card>
      <FormError>{statement.failure}</FormError>
      {month && (
        <div className="flex flex-wrap items-end gap-3">
          <div className="min-w-48 grow sm:grow-0">
            <SelectField
              label={t`Statement of a month`}
              value={month}
              onChange={(event) => {
                setChosen(event.target.value)
              }}
            >
              {months.map((each) => (
                <option key={each} value={each}>
                  {formatMonth(each)}
                </option>
              ))}
            </SelectField>
          </div>
          <Button
            look="secondary"
            busy={statement.pending !== undefined}
            icon={<FileText size={18} aria-hidden="true" />}
            onClick={() => void statement.download({ groupId, month, locale: currentLocale() })}
          >
            <Trans>To print (PDF)</Trans>
          </Button>
        </div>
      )}
      <Table variables={{ groupId }} />
    </Card>
  )
}

/** The viewer's own report as a table. */
export function OwnDownloads({ from }: { from: string | undefined }) {
  return (
    <Card>
      <Table variables={from ? { from } : {}} />
    </Card>
  )
}

function Card({ children }: { children: ReactNode }) {
  return (
    <section data-only-screen aria-labelledby="downloads" className="card grid gap-4 p-4">
      <h2 id="downloads" className="text-lg">
        <Trans>Take it along</Trans>
      </h2>
      {children}
    </section>
  )
}

function Table({ variables }: { variables: { groupId?: string; from?: string } }) {
  const { download, pending, failure } = useDownload(ReportFile, (data) => data.reportFile)
  return (
    <>
      <FormError>{failure}</FormError>
      <Button
        look="secondary"
        className="justify-self-start"
        busy={pending !== undefined}
        icon={<Sheet size={18} aria-hidden="true" />}
        onClick={() => void download(variables)}
      >
        <Trans>Report as a table (CSV)</Trans>
      </Button>
    </>
  )
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
}
