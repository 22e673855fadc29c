import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useId, useState } from 'react'
import { jpegDataUrl } from '../../../lib/photo'
import { Avatar } from '../../../ui/Avatar'
import { Button } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'

const LIMITS = { longest: 160, bytes: 16_000, square: true }

interface PictureFieldProps {
  name: string
  /** A data URL; null for none. */
  picture: string | null
  error: string | undefined
  onChange: (picture: string | null) => void
}

/** The picture that others see beside the name. It is cut to a square and made small before it is sent. */
export function PictureField({ name, picture, error, onChange }: PictureFieldProps) {
  const id = useId()
  const [unreadable, setUnreadable] = useState(false)

  async function choose(file: File | undefined) {
    if (!file) return
    const shrunk = await jpegDataUrl(file, LIMITS).catch(() => undefined)
    setUnreadable(!shrunk)
    if (shrunk) onChange(shrunk)
  }

  return (
    <div className="flex flex-wrap items-center gap-4">
      <Avatar name={name} picture={picture} size="large" />
      <div className="grid justify-items-start gap-1">
        <label
          htmlFor={id}
          className="inline-flex min-h-11 cursor-pointer items-center rounded-xl border border-line px-4 font-semibold transition-colors hover:bg-hover has-focus-visible:outline-2"
        >
          {picture ? <Trans>Choose another picture</Trans> : <Trans>Choose a picture</Trans>}
          <input
            id={id}
            type="file"
            accept="image/*"
            className="sr-only"
            onChange={(event) => {
              void choose(event.target.files?.[0])
              // The same file can be chosen again.
              event.target.value = ''
            }}
          />
        </label>
        {picture && (
          <Button
            look="quiet"
            size="small"
            onClick={() => {
              onChange(null)
            }}
          >
            <Trans>Remove the picture</Trans>
          </Button>
        )}
      </div>
      <FormError>{unreadable ? t`This file is not a picture that can be read.` : error}</FormError>
    </div>
  )
}
