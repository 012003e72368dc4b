package io.github.lanewise.nn.distributed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Makes the TLS side of {@link TcpSettings#withTls} from two files, as the JDK's keytool writes
 * them.
 *
 * <p>Whoever holds a key that the trust store vouches for is a worker, whatever its certificate's
 * name. So the trust store should hold nothing but the certificate authority of one's own workers,
 * or their certificates.
 */
public final class Tls {

    private Tls() {}

    /**
     * Reads a worker's own key and whom it trusts.
     *
     * @param keyStore PKCS12 or JKS, with the key of this worker and its certificate
     * @param trustStore PKCS12 or JKS, with the certificates that vouch for the others; may be the
     *     same file
     * @param password of both files and the key; not kept
     * @throws IOException if a file cannot be read, or holds no key or no certificate; says which
     */
    public static SSLContext context(Path keyStore, Path trustStore, char[] password)
            throws IOException {
        KeyStore keys = load("key store", keyStore, password);
        KeyStore trusted = load("trust store", trustStore, password);
        try {
            require(keys, true, "key store", keyStore, "a private key with its certificate");
            require(trusted, false, "trust store", trustStore, "a trusted certificate");
            KeyManagerFactory own =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, password);
            TrustManagerFactory others =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            others.init(trusted);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(own.getKeyManagers(), others.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "tls: %s, %s: cannot be used: %s"
                            .formatted(keyStore, trustStore, e.getMessage()),
                    e);
        }
    }

    private static KeyStore load(String what, Path file, char[] password) throws IOException {
        Objects.requireNonNull(password, "password");
        if (!Files.isRegularFile(Objects.requireNonNull(file, what))) {
            throw new NoSuchFileException("tls: the %s %s is no file".formatted(what, file));
        }
        try {
            return KeyStore.getInstance(file.toFile(), password);
        } catch (GeneralSecurityException | IOException | UnsupportedOperationException e) {
            throw new IOException(
                    "tls: the %s %s cannot be read: %s; expected PKCS12 or JKS, and its password"
                            .formatted(what, file, e.getMessage()),
                    e);
        }
    }

    private static void require(KeyStore store, boolean key, String what, Path file, String content)
            throws KeyStoreMissing, GeneralSecurityException {
        var names = store.aliases();
        while (names.hasMoreElements()) {
            String name = names.nextElement();
            if (key ? store.isKeyEntry(name) : store.isCertificateEntry(name)) {
                return;
            }
        }
        throw new KeyStoreMissing(
                "tls: the %s %s holds no %s".formatted(what, file, content.substring(2)));
    }

    /** A file without what it is for. */
    private static final class KeyStoreMissing extends IOException {
        private static final long serialVersionUID = 1;

        KeyStoreMissing(String message) {
            super(message);
        }
    }
}
