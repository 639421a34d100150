/* What OpenSSL's gost engine costs in C, for the same rows as bench/gost.ts: CPU milliseconds of the cheapest of many batches.
 *   cc -O2 gost-loop.c -lcrypto && OPENSSL_CONF=… ./a.out KEY256.pem KEY512.pem      prints one JSON object */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

static const char *hash_name;
static EVP_PKEY *key;
static unsigned char message[20000], signature[128], digest[64];
static size_t length, signature_length;

static double cpu_ms(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
}

static void must(int ok, const char *what) {
  if (ok == 1) return;
  fprintf(stderr, "gost-loop: %s failed\n", what);
  exit(1);
}

static void run_digest(void) {
  unsigned int size = sizeof digest;
  must(EVP_Digest(message, length, digest, &size, EVP_get_digestbyname(hash_name), NULL), "digest");
}

static void run_sign(void) {
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  signature_length = sizeof signature;
  must(EVP_DigestSignInit(context, NULL, EVP_get_digestbyname(hash_name), NULL, key), "sign");
  must(EVP_DigestSign(context, signature, &signature_length, message, length), "sign");
  EVP_MD_CTX_free(context);
}

static void run_verify(void) {
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  must(EVP_DigestVerifyInit(context, NULL, EVP_get_digestbyname(hash_name), NULL, key), "verify");
  must(EVP_DigestVerify(context, signature, signature_length, message, length), "verify");
  EVP_MD_CTX_free(context);
}

static void row(const char *name, void (*run)(void), int count, const char *end) {
  double lowest = 1e9;
  for (int batch = 0; batch < 20; batch++) {
    double began = cpu_ms();
    for (int i = 0; i < count; i++) run();
    double each = (cpu_ms() - began) / count;
    if (each < lowest) lowest = each;
  }
  printf("\"%s\":%.4f%s", name, lowest, end);
}

static void use(const char *file, const char *hash) {
  FILE *pem = fopen(file, "r");
  must(pem != NULL, file);
  key = PEM_read_PrivateKey(pem, NULL, NULL, NULL);
  fclose(pem);
  must(key != NULL, "reading a key");
  hash_name = hash;
}

int main(int count, char **files) {
  must(count == 3, "two key files: reading arguments");
  must(OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CONFIG, NULL), "configuration");
  for (size_t i = 0; i < sizeof message; i++) message[i] = (unsigned char)i;
  printf("{");
  use(files[1], "md_gost12_256");
  length = 2000;
  row("digest 2 KB", run_digest, 500, ",");
  length = 20000;
  row("digest 20 KB", run_digest, 50, ",");
  length = 1000;
  row("sign 256", run_sign, 100, ",");
  row("verify 256", run_verify, 50, ",");
  use(files[2], "md_gost12_512");
  row("sign 512", run_sign, 30, ",");
  row("verify 512", run_verify, 15, "}\n");
  return 0;
}
