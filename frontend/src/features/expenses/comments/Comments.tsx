import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { unmask } from '../../../api/fragments'
import { useAction } from '../../../api/useAction'
import { useRefetchOn } from '../../../api/useRefetchOn'
import { formatMoment } from '../../../lib/dates'
import { Avatar } from '../../../ui/Avatar'
import { FormError } from '../../../ui/Field'
import { Menu } from '../../../ui/Menu'
import { SkeletonRows, Unavailable } from '../../../ui/states'
import type { GroupContext, People } from '../../groups'
import { CommentForm } from './CommentForm'
import {
  AddComment,
  type CommentPartsFragment,
  DeleteComment,
  EditComment,
  ExpenseComments,
} from './documents.generated'
import { piecesOf } from './mentions'

interface CommentsProps {
  expenseId: string
  /** Nothing is added or changed: the group is archived. */
  closed?: boolean
  people: People
  nudges: GroupContext['nudges']
}

/** What members say about an expense, the oldest first, and a line to say something. */
export function Comments({ expenseId, closed = false, people, nudges }: CommentsProps) {
  const { data, error, refetch } = useQuery(ExpenseComments, { variables: { id: expenseId } })
  useRefetchOn(nudges, refetch)
  const adding = useAction(AddComment)
  const found = data?.expense?.comments
  const comments = found && unmask<CommentPartsFragment>(found)
  const reload = () => void refetch()
  if (closed && comments?.length === 0) return null

  async function add(text: string): Promise<boolean> {
    const data = await adding.run({ expenseId, text })
    if (data) await refetch()
    return Boolean(data)
  }

  return (
    <section aria-label={t`Comments`} className="grid gap-3">
      <h3 className="font-sans text-sm font-semibold text-muted">
        <Trans>Comments</Trans>
      </h3>
      {!comments && !error && <SkeletonRows rows={1} label={t`Loading comments`} />}
      {!comments && error && (
        <Unavailable what={t`Comments are not available right now.`} onRetry={reload} />
      )}
      {comments && comments.length > 0 && (
        <ol className="grid gap-3">
          {comments.map((comment) => (
            <CommentItem
              key={comment.id}
              comment={comment}
              closed={closed}
              people={people}
              onChanged={reload}
            />
          ))}
        </ol>
      )}
      {!closed && (
        <CommentForm
          label={t`Write a comment`}
          people={people}
          busy={adding.busy}
          error={adding.refusal?.message}
          onSend={add}
        />
      )}
    </section>
  )
}

interface CommentItemProps {
  comment: CommentPartsFragment
  closed: boolean
  people: People
  onChanged: () => void
}

function CommentItem({ comment, closed, people, onChanged }: CommentItemProps) {
  const { id, by, text, at, editedAt } = comment
  const [editing, setEditing] = useState(false)
  const changing = useAction(EditComment)

  async function edit(changed: string): Promise<boolean> {
    if (!(await changing.run({ id, text: changed }))) return false
    setEditing(false)
    onChanged()
    return true
  }

  if (editing) {
    return (
      <li>
        <CommentForm
          label={t`Change the comment`}
          initial={text}
          people={people}
          busy={changing.busy}
          error={changing.refusal?.message}
          onSend={edit}
          onCancel={() => {
            setEditing(false)
          }}
        />
      </li>
    )
  }
  return (
    <li className="flex items-start gap-3">
      <Avatar name={people.name(by.id)} guest={people.isGuest(by.id)} size="small" />
      <div className="min-w-0 grow rounded-xl bg-tile px-3.5 py-2.5 text-sm">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-semibold">{people.label(by.id)}</span>
          <time dateTime={at} className="text-xs text-muted">
            {formatMoment(at)}
            {editedAt && <> · {t`edited`}</>}
          </time>
        </p>
        <Text comment={comment} people={people} />
      </div>
      {people.isViewer(by.id) && !closed && (
        <OwnComment
          id={id}
          onEdit={() => {
            setEditing(true)
          }}
          onChanged={onChanged}
        />
      )}
    </li>
  )
}

/** The text, in which the names of mentioned members stand out. */
function Text({
  comment: { text, mentions },
  people,
}: Omit<CommentItemProps, 'closed' | 'onChanged'>) {
  const names = mentions.map(({ id }) => people.name(id))
  return (
    <p className="wrap-anywhere whitespace-pre-wrap">
      {piecesOf(text, names).map(({ text: piece, isMention }, index) =>
        isMention ? (
          <bdi key={index} className="font-semibold text-brand">
            {piece}
          </bdi>
        ) : (
          piece
        ),
      )}
    </p>
  )
}

interface OwnCommentProps {
  id: string
  onEdit: () => void
  onChanged: () => void
}

/** What the author can do with a comment. */
function OwnComment({ id, onEdit, onChanged }: OwnCommentProps) {
  const { run, refusal } = useAction(DeleteComment)
  const remove = () =>
    void run({ id }).then((data) => {
      if (data) onChanged()
    })
  return (
    <>
      <Menu
        label={t`Actions for your comment`}
        actions={[
          { label: t`Edit`, icon: <Pencil size={18} aria-hidden="true" />, run: onEdit },
          {
            label: t`Delete`,
            icon: <Trash2 size={18} aria-hidden="true" />,
            danger: true,
            run: remove,
          },
        ]}
      />
      <FormError>{refusal?.message}</FormError>
    </>
  )
}
