;; Looks through the JSON of a log file for what may be the event source or the name of a wanted call, 16 bytes at a time.
;; simd-search.ts runs it, plain-search.ts does the same in TypeScript and says why it is right, and
;; `npm run build-search` writes search-module.ts from it.
;;
;; Memory, in addresses:
;;   0x0000  the texts below
;;   0x0020  what is wanted: the second byte of a further mark, `N` where calls are told by name, else `S`; then for each
;;           event source its size in bytes (16 bits, these included), its text, and the names of its calls, each text
;;           behind its length; a length of 0 ends the names, a size of 0 the sources. A source without names is wanted
;;           whatever the call.
;;   0x8000  the state of a walk: depth, whether in a string (0 or -1), whether behind a backslash that escapes, address
;;           of the open element, whether it is wanted, whether it is nested too deep, where the walk stopped, whether
;;           every element is wanted, and how deep an element may be: 32 bits each
;;   0x8030  the 16 bytes before the window
;;   0x8040  the window: a part of the JSON, at most 64 KiB, and up to 1 KiB behind it that is only looked ahead at
;;   0x18800 the elements a walk found: begin, end, and whether nested too deep
(module
  (memory (export "memory") 4)
  (data (i32.const 0x00) "Source\"")
  (data (i32.const 0x08) "Name\"")
  (data (i32.const 0x10) "\",\"eventName\":\"")

  ;; Where the bytes end that can be looked at. Whatever would have to be told from what lies beyond is taken for a yes.
  (global $limit (mut i32) (i32.const 0))
  ;; The mark of the last event name that stands right behind its event source, and was judged with it.
  (global $judged (mut i32) (i32.const 0))

  ;; Whether the bytes at $at are, as far as they can be seen, the $length bytes at $text.
  (func $isText (param $at i32) (param $text i32) (param $length i32) (result i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $at) (local.get $length)))
    (loop $next
      (if (i32.ge_u (local.get $at) (global.get $limit)) (then (return (i32.const 1))))
      (if (i32.ne (i32.load8_u (local.get $at)) (i32.load8_u (local.get $text))) (then (return (i32.const 0))))
      (local.set $text (i32.add (local.get $text) (i32.const 1)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
    (i32.const 1))

  ;; Address of the first byte from $at on that is no white space, or the limit.
  (func $behindSpace (param $at i32) (result i32)
    (local $byte i32)
    (loop $next
      (if (i32.ge_u (local.get $at) (global.get $limit)) (then (return (global.get $limit))))
      (local.set $byte (i32.load8_u (local.get $at)))
      (if (i32.or
            (i32.or (i32.eq (local.get $byte) (i32.const 0x20)) (i32.eq (local.get $byte) (i32.const 0x0a)))
            (i32.or (i32.eq (local.get $byte) (i32.const 0x0d)) (i32.eq (local.get $byte) (i32.const 0x09))))
        (then
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $next))))
    (local.get $at))

  ;; Address of the text that is the value of the key that ends before $at, or the limit; 0 where there is none.
  (func $valueBehind (param $at i32) (result i32)
    (local.set $at (call $behindSpace (local.get $at)))
    (if (i32.eq (local.get $at) (global.get $limit)) (then (return (local.get $at))))
    (if (i32.ne (i32.load8_u (local.get $at)) (i32.const 0x3a (; : ;))) (then (return (i32.const 0))))
    (local.set $at (call $behindSpace (i32.add (local.get $at) (i32.const 1))))
    (if (i32.eq (local.get $at) (global.get $limit)) (then (return (local.get $at))))
    (if (i32.ne (i32.load8_u (local.get $at)) (i32.const 0x22 (; quote ;))) (then (return (i32.const 0))))
    (i32.add (local.get $at) (i32.const 1)))

  ;; Address of the first quote or backslash from $at on, or the limit; no further than the longest wanted text is.
  (func $endOf (param $at i32) (result i32)
    (local $last i32) (local $bytes v128) (local $ends i32)
    (local.set $last (i32.add (local.get $at) (i32.const 128)))
    (loop $next
      (local.set $bytes (v128.load (local.get $at)))
      (local.set $ends
        (i8x16.bitmask
          (v128.or
            (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x22 (; quote ;))))
            (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x5c (; backslash ;)))))))
      (if (local.get $ends)
        (then
          (local.set $at (i32.add (local.get $at) (i32.ctz (local.get $ends)))))
        (else
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $next (i32.le_u (local.get $at) (local.get $last))))))
    (select (local.get $at) (global.get $limit) (i32.lt_u (local.get $at) (global.get $limit))))

  ;; Whether a text that ends at $end may decode to anything: it is spelled with escapes, or goes on beyond the limit.
  (func $isUntold (param $end i32) (result i32)
    (if (i32.ge_u (local.get $end) (global.get $limit)) (then (return (i32.const 1))))
    (i32.eq (i32.load8_u (local.get $end)) (i32.const 0x5c (; backslash ;))))

  ;; Whether the text at $at may begin with one of $names.
  (func $mayBeName (param $at i32) (param $names i32) (result i32)
    (local $end i32) (local $length i32)
    (local.set $end (call $endOf (local.get $at)))
    (if (call $isUntold (local.get $end)) (then (return (i32.const 1))))
    (loop $next
      (local.set $length (i32.load8_u (local.get $names)))
      (if (i32.eqz (local.get $length)) (then (return (i32.const 0))))
      (local.set $names (i32.add (local.get $names) (i32.const 1)))
      (if (i32.le_u (local.get $length) (i32.sub (local.get $end) (local.get $at)))
        (then
          (if (call $isText (local.get $at) (local.get $names) (local.get $length)) (then (return (i32.const 1))))))
      (local.set $names (i32.add (local.get $names) (local.get $length)))
      (br $next))
    (unreachable))

  ;; Whether `Source"` stands at $at, and the value behind it may be the source of a wanted call.
  (func $mayBeSource (param $at i32) (result i32)
    (local $end i32) (local $isNext i32) (local $source i32) (local $size i32) (local $length i32)
    (if (i32.gt_u (i32.add (local.get $at) (i32.const 7)) (global.get $limit)) (then (return (i32.const 1))))
    (if (i64.ne
          (i64.shl (i64.load (local.get $at)) (i64.const 8))
          (i64.shl (i64.load (i32.const 0x00)) (i64.const 8)))
      (then (return (i32.const 0))))
    (local.set $at (call $valueBehind (i32.add (local.get $at) (i32.const 7))))
    (if (i32.eqz (local.get $at)) (then (return (i32.const 0))))
    (local.set $end (call $endOf (local.get $at)))
    (if (call $isUntold (local.get $end)) (then (return (i32.const 1))))
    (if (i32.eq (i32.load8_u (i32.const 0x20)) (i32.const 0x4e (; N ;)))
      (then
        (local.set $isNext
          (i32.or
            (i32.gt_u (i32.add (local.get $end) (i32.const 15)) (global.get $limit))
            (i32.eq
              (i32.const 0x7fff)
              (i32.and
                (i32.const 0x7fff)
                (i8x16.bitmask (i8x16.eq (v128.load (local.get $end)) (v128.load (i32.const 0x10))))))))
        (if (local.get $isNext) (then (global.set $judged (i32.add (local.get $end) (i32.const 8)))))))
    (local.set $source (i32.const 0x21))
    (loop $next
      (local.set $size (i32.load16_u (local.get $source)))
      (if (i32.eqz (local.get $size)) (then (return (i32.const 0))))
      (local.set $length (i32.load8_u offset=2 (local.get $source)))
      (if (i32.eq (local.get $length) (i32.sub (local.get $end) (local.get $at)))
        (then
          (if (call $isText (local.get $at) (i32.add (local.get $source) (i32.const 3)) (local.get $length))
            (then
              (local.set $source (i32.add (i32.add (local.get $source) (i32.const 3)) (local.get $length)))
              (if (i32.eqz (i32.load8_u (local.get $source))) (then (return (i32.const 1))))
              (if (i32.eqz (local.get $isNext)) (then (return (i32.const 1))))
              (return (call $mayBeName (i32.add (local.get $end) (i32.const 15)) (local.get $source)))))))
      (local.set $source (i32.add (local.get $source) (local.get $size)))
      (br $next))
    (unreachable))

  ;; Whether `Name"` stands at $at, away from an event source, and the value behind it may be the name of a wanted call.
  (func $mayBeLoneName (param $at i32) (result i32)
    (local $source i32) (local $size i32)
    (if (i32.eq (local.get $at) (global.get $judged)) (then (return (i32.const 0))))
    (if (i32.eqz (call $isText (local.get $at) (i32.const 0x08) (i32.const 5))) (then (return (i32.const 0))))
    (local.set $at (call $valueBehind (i32.add (local.get $at) (i32.const 5))))
    (if (i32.eqz (local.get $at)) (then (return (i32.const 0))))
    (local.set $source (i32.const 0x21))
    (loop $next
      (local.set $size (i32.load16_u (local.get $source)))
      (if (i32.eqz (local.get $size)) (then (return (i32.const 0))))
      (if (call $mayBeName
            (local.get $at)
            (i32.add (i32.add (local.get $source) (i32.const 3)) (i32.load8_u offset=2 (local.get $source))))
        (then (return (i32.const 1))))
      (local.set $source (i32.add (local.get $source) (local.get $size)))
      (br $next))
    (unreachable))

  ;; The value of a hex digit; 0x100 for what is none.
  (func $digit (param $byte i32) (result i32)
    (local.set $byte (i32.sub (local.get $byte) (i32.const 0x30)))
    (if (i32.lt_u (local.get $byte) (i32.const 10)) (then (return (local.get $byte))))
    (local.set $byte (i32.sub (i32.or (local.get $byte) (i32.const 0x20)) (i32.const 0x31)))
    (if (i32.lt_u (local.get $byte) (i32.const 6)) (then (return (i32.add (local.get $byte) (i32.const 10)))))
    (i32.const 0x100))

  ;; Whether the escape whose `u` is at $at may be a letter of a key `eventSource` or `eventName`.
  (func $mayBeLetter (param $at i32) (result i32)
    (local $letter i32) (local $left i32) (local $byte i32)
    (if (i32.gt_u (i32.add (local.get $at) (i32.const 5)) (global.get $limit)) (then (return (i32.const 1))))
    (if (i32.ne (i32.load16_u offset=1 (local.get $at)) (i32.const 0x3030 (; 00 ;))) (then (return (i32.const 0))))
    (local.set $letter
      (i32.sub
        (i32.add
          (i32.shl (call $digit (i32.load8_u offset=3 (local.get $at))) (i32.const 4))
          (call $digit (i32.load8_u offset=4 (local.get $at))))
        (i32.const 0x40)))
    (if (i32.ge_u (local.get $letter) (i32.const 64)) (then (return (i32.const 0))))
    ;; A bit for each of N S a c e m n o r t u v, counted from 0x40.
    (if (i64.eqz
          (i64.and
            (i64.const 0x74e02a00084000)
            (i64.shl (i64.const 1) (i64.extend_i32_u (local.get $letter)))))
      (then (return (i32.const 0))))
    ;; The key ends after ten more letters at the most, escaped or not, and a colon is behind it.
    (local.set $at (i32.add (local.get $at) (i32.const 5)))
    (local.set $left (i32.const 11))
    (block $quote
      (loop $next
        (if (i32.ge_u (local.get $at) (global.get $limit)) (then (return (i32.const 1))))
        (local.set $byte (i32.load8_u (local.get $at)))
        (br_if $quote (i32.eq (local.get $byte) (i32.const 0x22 (; quote ;))))
        (local.set $at
          (i32.add
            (local.get $at)
            (select
              (i32.const 6)
              (i32.const 1)
              (i32.eq (local.get $byte) (i32.const 0x5c (; backslash ;))))))
        (local.set $left (i32.sub (local.get $left) (i32.const 1)))
        (br_if $next (local.get $left)))
      (return (i32.const 0)))
    (local.set $at (call $behindSpace (i32.add (local.get $at) (i32.const 1))))
    (if (i32.eq (local.get $at) (global.get $limit)) (then (return (i32.const 1))))
    (i32.eq (i32.load8_u (local.get $at)) (i32.const 0x3a (; : ;))))

  ;; Whether the mark whose second byte is at $at, `\u`, `tS` or `tN`, may be in the key of a wanted call.
  (func $isSign (param $at i32) (result i32)
    (local $byte i32)
    (local.set $byte (i32.load8_u (local.get $at)))
    (if (i32.eq (local.get $byte) (i32.const 0x75 (; u ;))) (then (return (call $mayBeLetter (local.get $at)))))
    (if (i32.ne (i32.load (i32.sub (local.get $at) (i32.const 5))) (i32.const 0x6e657665 (; even ;)))
      (then (return (i32.const 0))))
    ;; A quote behind a backslash begins no key.
    (if (i32.or
          (i32.ne (i32.load8_u (i32.sub (local.get $at) (i32.const 6))) (i32.const 0x22 (; quote ;)))
          (i32.eq (i32.load8_u (i32.sub (local.get $at) (i32.const 7))) (i32.const 0x5c (; backslash ;))))
      (then (return (i32.const 0))))
    (if (i32.eq (local.get $byte) (i32.const 0x53 (; S ;))) (then (return (call $mayBeSource (local.get $at)))))
    (call $mayBeLoneName (local.get $at)))

  ;; Address of the first sign from $at up to $end, -1 where there is none. What lies behind, up to $limit, is looked at
  ;; only to judge what begins before. Four vectors a turn, written out: a call for each would double the time.
  (func (export "find") (param $at i32) (param $end i32) (param $limit i32) (result i32)
    (local $before i32) (local $first v128) (local $second v128)
    (local $t v128) (local $S v128) (local $N v128) (local $backslash v128) (local $u v128)
    (local $marks0 v128) (local $marks1 v128) (local $marks2 v128) (local $marks3 v128)
    (local $marks i64) (local $mark i32)
    (global.set $limit (local.get $limit))
    (global.set $judged (i32.const 0))
    (local.set $t (i8x16.splat (i32.const 0x74)))
    (local.set $S (i8x16.splat (i32.const 0x53)))
    (local.set $N (i8x16.splat (i32.load8_u (i32.const 0x20))))
    (local.set $backslash (i8x16.splat (i32.const 0x5c)))
    (local.set $u (i8x16.splat (i32.const 0x75)))
    (block $none
      (loop $next
        (br_if $none (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $before (i32.sub (local.get $at) (i32.const 1)))
        (local.set $first (v128.load (local.get $before)))
        (local.set $second (v128.load (local.get $at)))
        (local.set $marks0
          (v128.or
            (v128.and
              (i8x16.eq (local.get $first) (local.get $t))
              (v128.or
                (i8x16.eq (local.get $second) (local.get $S))
                (i8x16.eq (local.get $second) (local.get $N))))
            (v128.and
              (i8x16.eq (local.get $first) (local.get $backslash))
              (i8x16.eq (local.get $second) (local.get $u)))))
        (local.set $first (v128.load offset=16 (local.get $before)))
        (local.set $second (v128.load offset=16 (local.get $at)))
        (local.set $marks1
          (v128.or
            (v128.and
              (i8x16.eq (local.get $first) (local.get $t))
              (v128.or
                (i8x16.eq (local.get $second) (local.get $S))
                (i8x16.eq (local.get $second) (local.get $N))))
            (v128.and
              (i8x16.eq (local.get $first) (local.get $backslash))
              (i8x16.eq (local.get $second) (local.get $u)))))
        (local.set $first (v128.load offset=32 (local.get $before)))
        (local.set $second (v128.load offset=32 (local.get $at)))
        (local.set $marks2
          (v128.or
            (v128.and
              (i8x16.eq (local.get $first) (local.get $t))
              (v128.or
                (i8x16.eq (local.get $second) (local.get $S))
                (i8x16.eq (local.get $second) (local.get $N))))
            (v128.and
              (i8x16.eq (local.get $first) (local.get $backslash))
              (i8x16.eq (local.get $second) (local.get $u)))))
        (local.set $first (v128.load offset=48 (local.get $before)))
        (local.set $second (v128.load offset=48 (local.get $at)))
        (local.set $marks3
          (v128.or
            (v128.and
              (i8x16.eq (local.get $first) (local.get $t))
              (v128.or
                (i8x16.eq (local.get $second) (local.get $S))
                (i8x16.eq (local.get $second) (local.get $N))))
            (v128.and
              (i8x16.eq (local.get $first) (local.get $backslash))
              (i8x16.eq (local.get $second) (local.get $u)))))
        (if (v128.any_true
              (v128.or
                (v128.or (local.get $marks0) (local.get $marks1))
                (v128.or (local.get $marks2) (local.get $marks3))))
          (then
            (local.set $marks
              (i64.or
                (i64.or
                  (i64.extend_i32_u (i8x16.bitmask (local.get $marks0)))
                  (i64.shl (i64.extend_i32_u (i8x16.bitmask (local.get $marks1))) (i64.const 16)))
                (i64.or
                  (i64.shl (i64.extend_i32_u (i8x16.bitmask (local.get $marks2))) (i64.const 32))
                  (i64.shl (i64.extend_i32_u (i8x16.bitmask (local.get $marks3))) (i64.const 48)))))
            (loop $nextMark
              (local.set $mark (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $marks)))))
              (br_if $none (i32.ge_u (local.get $mark) (local.get $end)))
              (if (call $isSign (local.get $mark)) (then (return (local.get $mark))))
              (local.set $marks (i64.and (local.get $marks) (i64.sub (local.get $marks) (i64.const 1))))
              (br_if $nextMark (i64.ne (local.get $marks) (i64.const 0))))))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $next)))
    (i32.const -1))

  ;; Follows the list whose state is at 0x8000 through the window up to $end, and writes the wanted elements that end in
  ;; it. Gives the address behind the last of them. Follows strings and brackets only.
  (func (export "walk") (param $end i32) (result i32)
    (local $at i32) (local $out i32) (local $bytes v128) (local $before v128)
    (local $t v128) (local $S v128) (local $N v128) (local $backslash v128) (local $u v128)
    (local $quote v128) (local $braceBit v128) (local $openingBrace v128) (local $closingBrace v128)
    (local $depth i32) (local $inString i32) (local $escape i32) (local $start i32) (local $isWanted i32) (local $isDeep i32)
    (local $deepest i32) (local $count i32) (local $valid i32) (local $quotes i32) (local $backslashes i32)
    (local $escaped i32) (local $strings i32) (local $opening i32) (local $closing i32) (local $marks i32)
    (local $event i32) (local $eventAt i32)
    (global.set $limit (local.get $end))
    (global.set $judged (i32.const 0))
    (local.set $t (i8x16.splat (i32.const 0x74)))
    (local.set $S (i8x16.splat (i32.const 0x53)))
    (local.set $N (i8x16.splat (i32.load8_u (i32.const 0x20))))
    (local.set $backslash (i8x16.splat (i32.const 0x5c)))
    (local.set $u (i8x16.splat (i32.const 0x75)))
    (local.set $quote (i8x16.splat (i32.const 0x22)))
    (local.set $braceBit (i8x16.splat (i32.const 0x20)))
    (local.set $openingBrace (i8x16.splat (i32.const 0x7b)))
    (local.set $closingBrace (i8x16.splat (i32.const 0x7d)))
    (local.set $depth (i32.load (i32.const 0x8000)))
    (local.set $inString (i32.load (i32.const 0x8004)))
    (local.set $escape (i32.load (i32.const 0x8008)))
    (local.set $start (i32.load (i32.const 0x800c)))
    (local.set $isWanted (i32.load (i32.const 0x8010)))
    (local.set $isDeep (i32.load (i32.const 0x8014)))
    (local.set $deepest (i32.load (i32.const 0x8020)))
    (local.set $at (i32.const 0x8040))
    (local.set $out (i32.const 0x18800))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        ;; A bit for each of the bytes, as in all masks: the lowest is the first byte's.
        (local.set $count (i32.sub (local.get $end) (local.get $at)))
        (if (i32.gt_u (local.get $count) (i32.const 16)) (then (local.set $count (i32.const 16))))
        (local.set $valid (i32.sub (i32.shl (i32.const 1) (local.get $count)) (i32.const 1)))
        (local.set $bytes (v128.load (local.get $at)))
        (local.set $before (v128.load (i32.sub (local.get $at) (i32.const 1))))
        (local.set $marks
          (i32.and
            (local.get $valid)
            (i8x16.bitmask
              (v128.or
                (v128.and
                  (i8x16.eq (local.get $before) (local.get $t))
                  (v128.or
                    (i8x16.eq (local.get $bytes) (local.get $S))
                    (i8x16.eq (local.get $bytes) (local.get $N))))
                (v128.and
                  (i8x16.eq (local.get $before) (local.get $backslash))
                  (i8x16.eq (local.get $bytes) (local.get $u)))))))
        (local.set $quotes
          (i32.and (local.get $valid) (i8x16.bitmask (i8x16.eq (local.get $bytes) (local.get $quote)))))
        (local.set $backslashes
          (i32.and (local.get $valid) (i8x16.bitmask (i8x16.eq (local.get $bytes) (local.get $backslash)))))
        ;; `[` and `{` differ in this bit only, as do `]` and `}`.
        (local.set $bytes (v128.or (local.get $bytes) (local.get $braceBit)))
        (local.set $opening (i8x16.bitmask (i8x16.eq (local.get $bytes) (local.get $openingBrace))))
        (local.set $closing (i8x16.bitmask (i8x16.eq (local.get $bytes) (local.get $closingBrace))))

        ;; What is behind a backslash that is not itself behind one is no quote.
        (if (i32.or (local.get $backslashes) (local.get $escape))
          (then
            (local.set $escaped (local.get $escape))
            (local.set $backslashes (i32.and (local.get $backslashes) (i32.xor (local.get $escape) (i32.const -1))))
            (block $noMore
              (loop $nextBackslash
                (br_if $noMore (i32.eqz (local.get $backslashes)))
                (local.set $event
                  (i32.shl
                    (i32.and (local.get $backslashes) (i32.sub (i32.const 0) (local.get $backslashes)))
                    (i32.const 1)))
                (local.set $escaped (i32.or (local.get $escaped) (local.get $event)))
                (local.set $backslashes
                  (i32.and
                    (i32.and (local.get $backslashes) (i32.sub (local.get $backslashes) (i32.const 1)))
                    (i32.xor (local.get $event) (i32.const -1))))
                (br $nextBackslash)))
            (local.set $escape (i32.shr_u (local.get $escaped) (local.get $count)))
            (local.set $quotes (i32.and (local.get $quotes) (i32.xor (local.get $escaped) (i32.const -1))))))

        ;; A byte is in a string where the number of quotes up to it is odd.
        (local.set $strings (i32.xor (local.get $quotes) (i32.shl (local.get $quotes) (i32.const 1))))
        (local.set $strings (i32.xor (local.get $strings) (i32.shl (local.get $strings) (i32.const 2))))
        (local.set $strings (i32.xor (local.get $strings) (i32.shl (local.get $strings) (i32.const 4))))
        (local.set $strings (i32.xor (local.get $strings) (i32.shl (local.get $strings) (i32.const 8))))
        (local.set $strings (i32.xor (local.get $strings) (local.get $inString)))
        (local.set $inString
          (i32.sub (i32.const 0) (i32.and (i32.shr_u (local.get $strings) (i32.const 15)) (i32.const 1))))
        (local.set $valid (i32.and (local.get $valid) (i32.xor (local.get $strings) (i32.const -1))))
        (local.set $opening (i32.and (local.get $opening) (local.get $valid)))
        (local.set $closing (i32.and (local.get $closing) (local.get $valid)))

        (if (i32.and
              (i32.and
                (i32.gt_s (i32.sub (local.get $depth) (i32.popcnt (local.get $closing))) (i32.const 0))
                (i32.le_s (i32.add (local.get $depth) (i32.popcnt (local.get $opening))) (local.get $deepest)))
              (i32.or (local.get $isWanted) (i32.eqz (local.get $marks))))
          (then
            ;; All of it is in one element, is not too deep, and changes nothing but the depth.
            (local.set $depth
              (i32.add
                (local.get $depth)
                (i32.sub (i32.popcnt (local.get $opening)) (i32.popcnt (local.get $closing))))))
          (else
            (local.set $marks (i32.or (local.get $marks) (i32.or (local.get $opening) (local.get $closing))))
            (block $noMore
              (loop $nextEvent
                (br_if $noMore (i32.eqz (local.get $marks)))
                (local.set $event (i32.and (local.get $marks) (i32.sub (i32.const 0) (local.get $marks))))
                (local.set $eventAt (i32.add (local.get $at) (i32.ctz (local.get $marks))))
                (local.set $marks (i32.xor (local.get $marks) (local.get $event)))
                (if (i32.and (local.get $opening) (local.get $event))
                  (then
                    (if (i32.eqz (local.get $depth))
                      (then
                        (local.set $start (local.get $eventAt))
                        (local.set $isWanted (i32.load (i32.const 0x801c)))
                        (local.set $isDeep (i32.const 0))))
                    (local.set $depth (i32.add (local.get $depth) (i32.const 1)))
                    (if (i32.gt_s (local.get $depth) (local.get $deepest)) (then (local.set $isDeep (i32.const 1))))
                    (br $nextEvent)))
                (if (i32.and (local.get $closing) (local.get $event))
                  (then
                    (if (i32.eqz (local.get $depth))
                      (then
                        (local.set $end (local.get $eventAt))
                        (br $done)))
                    (local.set $depth (i32.sub (local.get $depth) (i32.const 1)))
                    (if (i32.and (i32.eqz (local.get $depth)) (local.get $isWanted))
                      (then
                        (i32.store (local.get $out) (local.get $start))
                        (i32.store offset=4 (local.get $out) (i32.add (local.get $eventAt) (i32.const 1)))
                        (i32.store offset=8 (local.get $out) (local.get $isDeep))
                        (local.set $out (i32.add (local.get $out) (i32.const 12)))))
                    (br $nextEvent)))
                ;; What counts are the keys of the element itself.
                (if (i32.and (i32.eq (local.get $depth) (i32.const 1)) (i32.eqz (local.get $isWanted)))
                  (then (local.set $isWanted (call $isSign (local.get $eventAt)))))
                (br $nextEvent)))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $next)))
    (i32.store (i32.const 0x8000) (local.get $depth))
    (i32.store (i32.const 0x8004) (local.get $inString))
    (i32.store (i32.const 0x8008) (local.get $escape))
    (i32.store (i32.const 0x800c) (local.get $start))
    (i32.store (i32.const 0x8010) (local.get $isWanted))
    (i32.store (i32.const 0x8014) (local.get $isDeep))
    (i32.store (i32.const 0x8018) (local.get $end))
    (v128.store (i32.const 0x8030) (v128.load (i32.sub (local.get $end) (i32.const 16))))
    (local.get $out)))
