package io.github.lanewise.examples;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written. */
public final class Reason {

    private Reason() {}

    /** Says in a few words why a file could not be used; the words do not name it. */
    public static String of(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _, NotDirectoryException _ ->
                    "a file is in the way; name a folder";
            case DirectoryNotEmptyException _ -> "a folder is in the way";
            case FileSystemLoopException _ -> "links that lead back to themselves";
            case FileSystemException broken ->
                    broken.getReason() == null ? "cannot be used" : broken.getReason();
            default ->
                    failure.getMessage() == null
                            ? "unknown problem (" + failure.getClass().getSimpleName() + ")"
                            : failure.getMessage();
        };
    }
}
