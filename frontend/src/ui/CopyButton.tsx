import { t } from '@lingui/core/macro'
import { Copy } from 'lucide-react'
import { IconButton } from './Button'
import { useNotify } from './Notices'

interface CopyButtonProps {
  /** What is copied. */
  text: string
  /** What it is called, such as "Copy the IBAN". */
  label: string
}

/** Puts a text into the clipboard, and says so. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const notify = useNotify()

  async function copy() {
    // Without permission the text can still be selected and copied by hand.
    await navigator.clipboard.writeText(text).then(
      () => {
        notify(t`Copied`)
      },
      () => undefined,
    )
  }

  return (
    <IconButton label={label} onClick={() => void copy()}>
      <Copy size={18} aria-hidden="true" />
    </IconButton>
  )
}
