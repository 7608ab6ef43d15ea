package dev.terrane.sdk;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A self-signed certificate, made by the JDK's keytool. */
record TestCertificate(SSLContext server, Path pem) {
    private static final String PASSWORD = "changeit";

    /** @param name whom it is for, {@code IP:127.0.0.1} */
    static TestCertificate make(Path folder, String file, String name) throws Exception {
        Path store = folder.resolve(file + ".p12");
        Path pem = folder.resolve(file + ".pem");
        List<String> where = List.of("-alias", "t", "-keystore", store.toString(), "-storepass", PASSWORD);
        keytool(
                List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2", "-dname", "CN=t"),
                List.of("-ext", "SAN=" + name, "-storetype", "PKCS12"),
                where);
        keytool(List.of("-exportcert", "-rfc", "-file", pem.toString()), List.of(), where);
        return new TestCertificate(context(store), pem);
    }

    private static void keytool(List<String> what, List<String> how, List<String> where) throws Exception {
        Stream<String> program = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        List<String> line = Stream.of(program, what.stream(), how.stream(), where.stream())
                .flatMap(each -> each)
                .toList();
        Process keytool = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes());
        if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool: " + output);
        }
    }

    private static SSLContext context(Path store) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
