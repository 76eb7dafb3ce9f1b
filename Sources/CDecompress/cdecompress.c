#include "cdecompress.h"

#include <limits.h>
#include <stdlib.h>

#include <lzma.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

struct cdec {
  enum cdec_format format;
  // Whether the input so far ends where a gzip member or a zstd frame ends; others may follow.
  int at_boundary;
  int ended;
  z_stream zlib;
  lzma_stream lzma;
  ZSTD_DStream *zstd;
};

static int open_zstd(cdec *decoder, uint64_t memory_limit) {
  int window_log = 0;
  while (window_log < 31 && (UINT64_C(2) << window_log) <= memory_limit) window_log++;
  decoder->zstd = ZSTD_createDStream();
  if (!decoder->zstd) return 0;
  return !ZSTD_isError(ZSTD_DCtx_setParameter(decoder->zstd, ZSTD_d_windowLogMax, window_log));
}

static int open_stream(cdec *decoder, uint64_t memory_limit) {
  switch (decoder->format) {
    case CDEC_GZIP:
      // 15: the largest window; 16: a gzip header and trailer, nothing else.
      return inflateInit2(&decoder->zlib, 15 + 16) == Z_OK;
    case CDEC_XZ:
      return lzma_stream_decoder(&decoder->lzma, memory_limit, LZMA_CONCATENATED) == LZMA_OK;
    case CDEC_LZMA:
      return lzma_alone_decoder(&decoder->lzma, memory_limit) == LZMA_OK;
    case CDEC_ZSTD:
      return open_zstd(decoder, memory_limit);
  }
  return 0;
}

cdec *cdec_open(enum cdec_format format, uint64_t memory_limit) {
  cdec *decoder = calloc(1, sizeof *decoder);
  if (!decoder) return NULL;
  decoder->format = format;
  decoder->lzma = (lzma_stream)LZMA_STREAM_INIT;
  if (open_stream(decoder, memory_limit)) return decoder;
  cdec_close(decoder);
  return NULL;
}

void cdec_close(cdec *decoder) {
  if (!decoder) return;
  if (decoder->format == CDEC_GZIP) inflateEnd(&decoder->zlib);
  if (decoder->format == CDEC_XZ || decoder->format == CDEC_LZMA) lzma_end(&decoder->lzma);
  if (decoder->format == CDEC_ZSTD) ZSTD_freeDStream(decoder->zstd);
  free(decoder);
}

// What to say when a step made no progress on all the input there is.
static enum cdec_status out_of_input(const cdec *decoder, int finish) {
  if (!finish) return CDEC_MORE;
  return decoder->at_boundary ? CDEC_END : CDEC_TRUNCATED;
}

static enum cdec_status step_gzip(
    cdec *decoder, const uint8_t *input, size_t input_length, int finish, size_t *consumed, uint8_t *output,
    size_t output_capacity, size_t *produced) {
  z_stream *stream = &decoder->zlib;
  if (input_length == 0 && decoder->at_boundary) return out_of_input(decoder, finish);
  if (input_length > 0 && decoder->at_boundary) {
    // RFC 1952, 2.2: a gzip file is a series of members.
    if (inflateReset(stream) != Z_OK) return CDEC_CORRUPT;
    decoder->at_boundary = 0;
  }
  uInt offered = input_length > UINT_MAX ? UINT_MAX : (uInt)input_length;
  uInt room = output_capacity > UINT_MAX ? UINT_MAX : (uInt)output_capacity;
  stream->next_in = (Bytef *)input;
  stream->avail_in = offered;
  stream->next_out = output;
  stream->avail_out = room;
  int result = inflate(stream, Z_NO_FLUSH);
  *consumed = offered - stream->avail_in;
  *produced = room - stream->avail_out;
  switch (result) {
    case Z_OK: return CDEC_MORE;
    case Z_STREAM_END: decoder->at_boundary = 1; return CDEC_MORE;
    case Z_BUF_ERROR: return stream->avail_out == 0 ? CDEC_MORE : out_of_input(decoder, finish);
    case Z_MEM_ERROR: return CDEC_NO_MEMORY;
    default: return CDEC_CORRUPT;
  }
}

static enum cdec_status step_lzma(
    cdec *decoder, const uint8_t *input, size_t input_length, int finish, size_t *consumed, uint8_t *output,
    size_t output_capacity, size_t *produced) {
  lzma_stream *stream = &decoder->lzma;
  stream->next_in = input;
  stream->avail_in = input_length;
  stream->next_out = output;
  stream->avail_out = output_capacity;
  lzma_ret result = lzma_code(stream, finish ? LZMA_FINISH : LZMA_RUN);
  *consumed = input_length - stream->avail_in;
  *produced = output_capacity - stream->avail_out;
  switch (result) {
    case LZMA_OK: return CDEC_MORE;
    case LZMA_STREAM_END: decoder->ended = 1; return CDEC_END;
    case LZMA_BUF_ERROR: return finish && stream->avail_out > 0 ? CDEC_TRUNCATED : CDEC_MORE;
    case LZMA_MEMLIMIT_ERROR: return CDEC_MEMORY_LIMIT;
    case LZMA_MEM_ERROR: return CDEC_NO_MEMORY;
    default: return CDEC_CORRUPT;
  }
}

static enum cdec_status zstd_error(size_t result) {
  switch (ZSTD_getErrorCode(result)) {
    case ZSTD_error_frameParameter_windowTooLarge: return CDEC_MEMORY_LIMIT;
    case ZSTD_error_memory_allocation: return CDEC_NO_MEMORY;
    default: return CDEC_CORRUPT;
  }
}

static enum cdec_status step_zstd(
    cdec *decoder, const uint8_t *input, size_t input_length, int finish, size_t *consumed, uint8_t *output,
    size_t output_capacity, size_t *produced) {
  ZSTD_inBuffer in = {input, input_length, 0};
  ZSTD_outBuffer out = {output, output_capacity, 0};
  if (input_length == 0 && decoder->at_boundary) return out_of_input(decoder, finish);
  size_t result = ZSTD_decompressStream(decoder->zstd, &out, &in);
  *consumed = in.pos;
  *produced = out.pos;
  if (ZSTD_isError(result)) return zstd_error(result);
  decoder->at_boundary = result == 0;
  if (in.pos == 0 && out.pos == 0) return out_of_input(decoder, finish);
  return CDEC_MORE;
}

enum cdec_status cdec_step(
    cdec *decoder, const uint8_t *input, size_t input_length, int finish, size_t *consumed, uint8_t *output,
    size_t output_capacity, size_t *produced) {
  *consumed = 0;
  *produced = 0;
  if (decoder->ended) return CDEC_END;
  switch (decoder->format) {
    case CDEC_GZIP:
      return step_gzip(decoder, input, input_length, finish, consumed, output, output_capacity, produced);
    case CDEC_XZ:
    case CDEC_LZMA:
      return step_lzma(decoder, input, input_length, finish, consumed, output, output_capacity, produced);
    case CDEC_ZSTD:
      return step_zstd(decoder, input, input_length, finish, consumed, output, output_capacity, produced);
  }
  return CDEC_CORRUPT;
}
