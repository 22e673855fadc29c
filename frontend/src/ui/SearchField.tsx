import { Search } from 'lucide-react'
import { useEffect, useRef, type Ref } from 'react'
import { useLocation } from 'react-router'

interface SearchFieldProps {
  label: string
  value: string
  onChange: (text: string) => void
  field?: Ref<HTMLInputElement>
}

/** Finds in the list below it while somebody types. The key `/` leads to it. */
export function SearchField({ label, value, onChange, field }: SearchFieldProps) {
  const place = useRef<HTMLDivElement>(null)
  const isWanted = (useLocation().state as { searching?: boolean } | null)?.searching ?? false

  // The key led to the page because of this field.
  useEffect(() => {
    if (isWanted) place.current?.querySelector('input')?.focus()
  }, [isWanted])

  return (
    <div ref={place} className="relative">
      <Search
        size={18}
        className="pointer-events-none absolute inset-y-0 left-3.5 my-auto text-faint"
        aria-hidden="true"
      />
      <input
        ref={field}
        type="search"
        data-search
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        value={value}
        onChange={(event) => {
          onChange(event.target.value)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value) onChange('')
        }}
        className="field pl-10.5!"
      />
    </div>
  )
}
