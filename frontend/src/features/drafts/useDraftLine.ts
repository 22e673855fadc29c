import { useApolloClient } from '@apollo/client/react'
import { useEffect } from 'react'
import { useWatch } from 'react-hook-form'
import type { Masked } from '../../api/fragments'
import { useAction } from '../../api/useAction'
import { useActionForm } from '../../api/useActionForm'
import { forget, keep, readKept } from '../../lib/kept'
import { DraftExpense, type DraftPartsFragment } from './documents.generated'
import { acceptDraft } from './follow'
import { useReceipt } from './useReceipt'

/** The form of the line that takes what was spent. `onDraft` is told the id of each draft that it began. */
export function useDraftLine(groupId: string, onDraft: (id: string) => void) {
  const { cache } = useApolloClient()
  const { run, busy, refusal, clear } = useAction(DraftExpense)
  const take = (answer: Masked<DraftPartsFragment>) => {
    onDraft(acceptDraft(cache, answer).id)
  }
  const receipt = useReceipt(groupId, take)
  const name = `line.${groupId}`
  const begun = (readKept(name) as string | undefined) ?? ''
  const form = useActionForm({ defaultValues: { text: begun }, refusal })
  const { field, general, onSubmit, control, getValues, setValue, setFocus, reset } = form
  const text = useWatch({ control, name: 'text' })

  // Whoever leaves the line finds the sentence again.
  useEffect(() => {
    if (text) keep(name, text)
    else forget(name)
  }, [name, text])

  async function send(typed: { text: string }) {
    const sentence = typed.text.trim()
    if (!sentence) return
    const data = await run({ groupId, text: sentence })
    if (!data) return
    // Confirming it may unmount the line.
    forget(name)
    take(data.draftExpense)
    reset({ text: '' })
  }

  const { error, ...input } = field('text', {
    onChange: () => {
      clear()
      receipt.clear()
    },
  })
  return {
    input,
    text,
    busy,
    receipt,
    error: error ?? general ?? receipt.problem,
    onSubmit: onSubmit(send),
    focus: () => {
      setFocus('text')
    },
    /** Puts a sentence back, so that it can be written anew, below what stands there. */
    rewrite: (sentence: string) => {
      setValue('text', [sentence, getValues('text')].filter(Boolean).join('\n'))
      setFocus('text')
    },
  }
}

export type DraftLineForm = ReturnType<typeof useDraftLine>
